namespace Pixelis.Rewards.Tests.Explaining;

public class RewardExplanationTests
{
    private static readonly RewardGroup Group = Episodes.Group(
        Episodes.Example("7"), Episodes.Of("7", Episodes.Segment(5, 5), Episodes.Measure(), Episodes.Failed("READ_TEXT")), Episodes.Of("8"));

    [Fact]
    public void Every_term_of_every_part_stands_at_its_turn()
    {
        IReadOnlyList<RewardExplanation> explained = RewardExplanation.Of(RewardPresets.PixelBench(), Group);
        Assert.Equal(2, explained.Count);
        RewardExplanation first = explained[0];
        Assert.Equal([1, 3, 5, 7], first.Steps.Select(s => s.Turn));
        Assert.Equal("SEGMENT_OBJECT_AT", Assert.Single(first.Steps[0].Calls).Call.Name);
        Assert.Equal([("coherence", "follows"), ("tool_use", "excess")], first.Steps[1].Terms.Select(t => (t.Part, t.Term.Name)));
        Assert.Equal([("tool_use", "failure")], first.Steps[2].Terms.Select(t => (t.Part, t.Term.Name)));
        Assert.Equal(["task", "format", "curiosity"], first.Whole.Select(t => t.Part));
        Assert.Equal(first.Reward.Parts.Values.Sum(p => p.Terms.Count), first.Steps.Sum(s => s.Terms.Count) + first.Whole.Count);
    }

    [Fact]
    public void A_plain_reward_is_explained_by_its_own_terms()
    {
        RewardExplanation explained = RewardExplanation.Of(new TaskReward(), Group)[1];
        Assert.Equal(("task", 0.0), (Assert.Single(explained.Whole).Part, explained.Reward.Total!.Value));
        Assert.Empty(explained.Steps.SelectMany(s => s.Terms));
    }

    [Fact]
    public void Sums_of_sums_are_explained_by_their_innermost_parts()
    {
        var inner = new CompositeReward([new(new CoherenceReward(), 1), new(new ToolUseReward(), 1)]);
        var outer = new CompositeReward([new(new TaskReward(), 1), new(inner, 0.5)]);
        RewardExplanation explained = RewardExplanation.Of(outer, Group)[0];
        Assert.Equal(["coherence", "tool_use"], explained.Steps.SelectMany(s => s.Terms).Select(t => t.Part).Distinct());
        Assert.Equal(1 + (0.5 * (0.2 - 0.05 - 0.1)), explained.Reward.Total!.Value, 1e-12);
    }
}
