using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Pixelis.Data;
using Pixelis.Rewards;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Testing;

/// <summary>Groups of episodes as models make them, and as they should not: any tools, arguments, failures, ends, answers, states.</summary>
public static class GeneratedGroups
{
    private static readonly string[] Names =
        ["ZOOM_IN", "zoom_in", "READ_TEXT", "SEGMENT_OBJECT_AT", "GET_PROPERTIES", "TRACK_OBJECT", "SELECT_FRAMES", "", "no_such_tool"];

    private static readonly string[] Arguments =
    [
        "{}", "[]", "3", "null", "{\"bbox_2d\": [1, 2, 30, 40]}", "{\"bbox_2d\": [2, 2, 30, 40], \"target_image\": 2}", "{\"bbox_2d\": \"all\"}",
        "{\"point_2d\": [10, 10]}", "{\"point_2d\": [10.1, 10]}", "{\"point_2d\": [1e300, -1e999]}", "{\"object\": \"obj1\"}", "{\"objects\": [\"obj1\", 7]}",
        "{\"track_id\": \"track1\"}", "{\"target_frames\": [1, 2, 3]}", "{\"BBOX_2D\": [\"1\", 2, 30, 40]}",
        "{\"a\": {\"b\": [true, null, \"\\ud800\"]}}", "{\"\\ud800\": {\"object\": \"\\ud800\"}}", "{\"target_image\": [1, [2]], \"target_image\": \"x\"}",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "thinking ...", "<think>a</think><answer>7</answer>", "\\boxed{7}", "\\boxed{", "<answer></answer>", "7", "seven", "B", "(b) red",
        "red, blue and 7", "move(obj1, 'left')", "[0, 0, 10, 10]", "<tool_call>", "7 7 7 7 7", "NaN", "1e999",
    ];

    private static readonly Gen<ToolInvocation> Invocation =
        from name in Gen.Elements(Names)
        from arguments in Gen.Elements(Arguments)
        from error in Gen.Elements(false, false, true)
        from result in Gen.Elements("obj1: object in image 1.", "", "It says 7.")
        select new ToolInvocation { Call = new ToolCall(name, JsonElement.Parse(arguments)), ResultText = result, IsError = error };

    private static readonly Gen<TrajectoryTurn> Turn =
        from role in Gen.Elements(Role.Assistant, Role.Assistant, Role.Assistant, Role.Tool, Role.User)
        from injected in Gen.Elements(false, false, false, true)
        from text in Gen.Elements(Texts)
        from calls in Gen.Choose(0, 3)
        from invocations in Invocation.ListOf(role == Role.Assistant ? calls : 0)
        select new TrajectoryTurn { Role = role, Text = text, IsInjected = injected && role == Role.Assistant, Invocations = [.. invocations] };

    private static readonly Gen<Trajectory> Episode =
        from count in Gen.Choose(0, 8)
        from turns in Turn.ListOf(count)
        from answer in Gen.Elements([.. Texts, null])
        from end in Gen.Elements(Enum.GetValues<EndReason>())
        from frames in Gen.Elements(0, 0, 12)
        select new Trajectory
        {
            Id = "generated", Model = "model", Question = "What is it? (A) blue (B) red", Turns = [.. turns], Answer = answer, EndReason = end,
            Inputs = [new TrajectoryInput { Number = 1, Hash = "0", Width = 200, Height = 100, SeenWidth = 100, SeenHeight = 50, FrameCount = frames, Origin = "question" }],
        };

    private static readonly Gen<Example> Task =
        from truth in Gen.Elements("7", "B", "red", "", "0", "-12.5", "red, blue", "move(obj1, left)", "[0, 0, 10, 20]")
        select new Example { Id = "generated", Question = "What is it? (A) blue (B) red", Answer = truth };

    /// <summary>Groups of up to eight episodes.</summary>
    /// <param name="stateSize">Length of the state embeddings. Some episodes have none, some have one that is not finite.</param>
    public static Gen<RewardGroup> Of(int stateSize) =>
        from example in Task
        from count in Gen.Choose(0, 8)
        from episodes in Rewarded(stateSize).ListOf(count)
        select new RewardGroup(example, [.. episodes]);

    private static Gen<RewardEpisode> Rewarded(int stateSize) =>
        from trajectory in Episode
        from measured in Gen.Elements(true, true, false)
        from finite in Gen.Frequency((9, Gen.Constant(true)), (1, Gen.Constant(false)))
        let turns = trajectory.Turns.Count(t => t is { Role: Role.Assistant, IsInjected: false })
        from numbers in Gen.Choose(-1000, 1000).ArrayOf(turns * stateSize)
        let states = numbers.Select(n => finite ? n / 100f : float.NaN).Chunk(stateSize).ToArray()
        select new RewardEpisode(trajectory) { States = measured ? states : null };
}
