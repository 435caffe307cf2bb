using System.Text.Json;
using Pixelis.Data;
using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Rewards;
using Pixelis.Tools;
using Pixelis.Training.Grpo;
using Pixelis.Trajectories;

namespace Pixelis.Training.Tests.Grpo;

/// <summary>Episodes made by hand, for what is a function of them.</summary>
internal static class GroupsOfEpisodes
{
    public static Example Example { get; } = new() { Id = "e", Question = "?", Answer = "x" };

    public static ScoredEpisode Episode(double? reward = 1, int calls = 0, EndReason end = EndReason.Answered, int tokens = 3, bool fails = false) => new(
        new Trajectory
        {
            Id = "t", Model = "m", Question = "?", EndReason = end,
            Turns =
            [
                new TrajectoryTurn { Role = Role.User, Text = "?" },
                new TrajectoryTurn { Role = Role.Assistant, Text = "x", Invocations = [.. Enumerable.Repeat(new ToolInvocation { Call = new ToolCall("ZOOM_IN", JsonDocument.Parse("{}").RootElement), ResultText = "", IsError = fails }, calls)] },
            ],
        },
        new PolicySequence
        {
            BehaviorLogProbs = [.. Enumerable.Range(0, tokens).Select(i => -0.5f - i)],
            Conversation = new PreparedConversation
            {
                TokenIds = [7, .. Enumerable.Range(10, tokens)],
                Provenance = [TokenProvenance.Injected, .. Enumerable.Repeat(TokenProvenance.Sampled, tokens)],
                Spans = [new TokenSpan(0, 1), new TokenSpan(1, tokens)],
                Visuals = [new VisualInput(0, 1, new VisionGrid(1, 2, 2), new float[] { 1, 2, 3, 4 }) { ContentKey = "k" }],
            },
        },
        reward is { } value ? RewardBreakdown.Of("task", value) : RewardBreakdown.NotMeasured("task", "no truth"));

    public static ScoredGroup Group(params ScoredEpisode[] episodes)
    {
        GroupAdvantages advantages = Advantages.Of([EpisodeRewards.Of(episodes, new GrpoObjective(), 0)], new AdvantageOptions())[0];
        return new ScoredGroup(Example, episodes, advantages) { Rewarded = new RewardGroup(Example, []) };
    }
}
