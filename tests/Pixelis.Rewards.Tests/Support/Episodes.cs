using System.Text.Json;
using Pixelis.Data;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests;

/// <summary>Episodes written down in a line.</summary>
internal static class Episodes
{
    public static Example Example(string answer, string question = "What is it?") => new() { Id = "example", Question = question, Answer = answer };

    /// <summary>A turn a call, then a turn that answers; null for an episode that ended without one.</summary>
    public static Trajectory Of(string? answer, params ToolInvocation[] calls) => OfTurns(answer, [.. calls.Select(c => new[] { c })]);

    public static Trajectory OfTurns(string? answer, params ToolInvocation[][] turns) => new()
    {
        Id = "episode",
        Model = "model",
        Question = "What is it?",
        Inputs = [Input()],
        Turns =
        [
            new TrajectoryTurn { Role = Role.User, Text = "What is it?" },
            .. turns.SelectMany(calls => new[]
            {
                new TrajectoryTurn { Role = Role.Assistant, Text = "Look.", Invocations = calls },
                new TrajectoryTurn { Role = Role.Tool, Text = string.Join('\n', calls.Select(c => c.ResultText)) },
            }),
            .. answer is null ? Array.Empty<TrajectoryTurn>() : [new TrajectoryTurn { Role = Role.Assistant, Text = answer }],
        ],
        Answer = answer,
        EndReason = answer is null ? EndReason.TurnLimit : EndReason.Answered,
    };

    public static TrajectoryInput Input(int frames = 0) =>
        new() { Number = 1, Hash = "0", Width = 200, Height = 100, SeenWidth = 100, SeenHeight = 50, FrameCount = frames, Origin = "question" };

    public static ToolInvocation Call(string tool, string arguments = "{}", string result = "done") =>
        new() { Call = new ToolCall(tool, JsonElement.Parse(arguments)), ResultText = result };

    public static ToolInvocation Failed(string tool, string arguments = "{}") => Call(tool, arguments, "no") with { IsError = true };

    public static ToolInvocation Segment(int x, int y, string name = "obj1") => Call("SEGMENT_OBJECT_AT", $"{{\"point_2d\": [{x}, {y}]}}", $"{name}: object in image 1.");

    public static ToolInvocation Measure(string name = "obj1") => Call("GET_PROPERTIES", $"{{\"object\": \"{name}\"}}", $"{name}: 100 pixels");

    public static ToolInvocation Zoom(int x, int y) => Call("ZOOM_IN", $"{{\"bbox_2d\": [{x}, {y}, {x + 10}, {y + 10}]}}");

    public static ToolInvocation Read(int x, int y) => Call("READ_TEXT", $"{{\"bbox_2d\": [{x}, {y}, {x + 10}, {y + 10}]}}", "7");

    public static RewardGroup Group(Example example, params Trajectory[] episodes) => new(example, [.. episodes.Select(t => new RewardEpisode(t))]);

    /// <summary>The reward of one episode alone.</summary>
    public static RewardBreakdown Alone(IRewardFunction reward, Trajectory trajectory, Example? example = null) =>
        Assert.Single(reward.Score(Group(example ?? Example("7"), trajectory)));

    public static double[] Totals(IRewardFunction reward, RewardGroup group) => [.. reward.Score(group).Select(r => r.Total!.Value)];
}
