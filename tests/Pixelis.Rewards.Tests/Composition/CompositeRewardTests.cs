using Pixelis.Testing;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Composition;

public class CompositeRewardTests : RewardConformance
{
    private static readonly Trajectory Right = Episodes.Of("7"), Wrong = Episodes.Of("8"), Looked = Episodes.Of("7", Episodes.Zoom(0, 0), Episodes.Read(0, 0));

    protected override IRewardFunction CreateReward() => Sum(RewardNormalization.None);

    [Fact]
    public void Without_normalisation_weights_are_all_there_is()
    {
        RewardBreakdown reward = Sum(RewardNormalization.None).Score(Episodes.Group(Episodes.Example("7"), Right, Looked))[1];
        Assert.Equal(2 - (0.5 * 0.05), reward.Total!.Value, 1e-12);
        Assert.Equal([("task", 2.0), ("tool_use", -0.025)], reward.Terms.Select(t => (t.Name, Math.Round(t.Value, 12))));
        Assert.Equal(-0.05, reward.Parts["tool_use"].Total!.Value, 1e-12);
        Assert.Equal(new RewardRange(-0.5, 2), Sum(RewardNormalization.None).Range);
    }

    [Fact]
    public void A_fixed_scale_is_the_range_and_nothing_measured()
    {
        var reward = new CompositeReward([new(new TaskReward(), 1), new(new ToolUseReward(new ToolUseOptions { MostCost = 0.1 }), 1)], RewardNormalization.Fixed);
        Assert.Equal([0.5, 1], Episodes.Totals(reward, Episodes.Group(Episodes.Example("7"), Looked, Right)).Select(r => Math.Round(r, 12)));
        Assert.Equal(new RewardRange(-1, 1), reward.Range);
    }

    [Fact]
    public void Normalise_then_sum_gives_every_part_the_same_spread()
    {
        // Task 1, 1, 0, 0: mean 1/2, deviation sqrt(4 * 1/4 / 3). Tool use 0, -0.05, 0, 0: mean -0.0125, deviation 0.025.
        double task = 0.5 / (Math.Sqrt(1.0 / 3) + 1e-4), call = -0.0375 / (0.025 + 1e-4), none = 0.0125 / (0.025 + 1e-4);
        double[] rewards = Episodes.Totals(Sum(RewardNormalization.Group), Episodes.Group(Episodes.Example("7"), Right, Looked, Wrong, Wrong));
        Assert.Equal([(2 * task) + (0.5 * none), (2 * task) + (0.5 * call), (-2 * task) + (0.5 * none), (-2 * task) + (0.5 * none)], rewards, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Sum_then_normalise_keeps_the_parts_weights()
    {
        // Sums 2, 1.975, 0, 0.
        double[] sums = [2, 1.975, 0, 0];
        double mean = sums.Average(), deviation = Math.Sqrt(sums.Sum(s => (s - mean) * (s - mean)) / 3) + 1e-4;
        IReadOnlyList<RewardBreakdown> rewards = Sum(RewardNormalization.GroupOfSum).Score(Episodes.Group(Episodes.Example("7"), Right, Looked, Wrong, Wrong));
        Assert.Equal(sums.Select(s => (s - mean) / deviation), rewards.Select(r => r.Total!.Value), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal("group_mean", rewards[0].Terms[^1].Name);
    }

    [Theory]
    [InlineData(RewardNormalization.Group)]
    [InlineData(RewardNormalization.GroupOfSum)]
    public void In_a_group_of_one_or_of_equals_nobody_is_better(RewardNormalization normalization)
    {
        Assert.Equal([0], Episodes.Totals(Sum(normalization), Episodes.Group(Episodes.Example("7"), Right)));
        Assert.Equal([0, 0, 0], Episodes.Totals(Sum(normalization), Episodes.Group(Episodes.Example("7"), Looked, Looked, Looked)));
    }

    [Theory]
    [InlineData(RewardNormalization.None)]
    [InlineData(RewardNormalization.Fixed)]
    [InlineData(RewardNormalization.Group)]
    [InlineData(RewardNormalization.GroupOfSum)]
    public void Where_nothing_is_measured_there_is_no_reward(RewardNormalization normalization)
    {
        var reward = new CompositeReward([new(new TaskReward(), 1), new(new Given("other", null, null), 1)], normalization);
        Assert.All(reward.Score(Episodes.Group(Episodes.Example(""), Right, Wrong)), r => Assert.Null(r.Total));
    }

    [Fact]
    public void A_required_part_that_is_not_measured_takes_the_rest_with_it()
    {
        RewardPart task = new(new TaskReward(), 1), tools = new(new ToolUseReward(), 1);
        RewardGroup group = Episodes.Group(Episodes.Example(""), Looked);
        RewardBreakdown without = Assert.Single(new CompositeReward([task with { IsRequired = true }, tools]).Score(group));
        Assert.Null(without.Total);
        Assert.Contains("no truth", without.Terms[0].Reason, StringComparison.Ordinal);
        Assert.Empty(without.ToLog());
        Assert.Equal(-0.05, Assert.Single(new CompositeReward([task, tools]).Score(group)).Total!.Value, 1e-12);
    }

    [Fact]
    public void What_is_not_measured_in_one_episode_is_left_out_of_the_groups_statistics()
    {
        var reward = new CompositeReward([new(new Given("a", 1, 3, null), 1)], RewardNormalization.Group);
        IReadOnlyList<RewardBreakdown> rewards = reward.Score(Episodes.Group(Episodes.Example("7"), Right, Right, Right));
        double z = 1 / (Math.Sqrt(2) + 1e-4);
        Assert.Equal([-z, z], rewards.Take(2).Select(r => r.Total!.Value), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Null(rewards[2].Total);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(11)]
    public void A_reward_that_is_no_number_or_out_of_range_is_reported_by_name(double value)
    {
        var e = Assert.Throws<RewardException>(() => new CompositeReward([new(new Given("broken", value), 1)]).Score(Episodes.Group(Episodes.Example("7"), Right)));
        Assert.Contains("'broken'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'example'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reward_that_forgets_an_episode_is_reported() => Assert.Throws<RewardException>(
        () => new CompositeReward([new(new Given("short", 1), 1)]).Score(Episodes.Group(Episodes.Example("7"), Right, Right)));

    [Fact]
    public void Everything_goes_to_the_log()
    {
        IReadOnlyDictionary<string, double> log = Sum(RewardNormalization.None).Score(Episodes.Group(Episodes.Example("7"), Looked))[0].ToLog();
        Assert.Equal(["task", "task.raw", "task.task", "tool_use", "tool_use.excess", "tool_use.raw", "total"], log.Keys);
        Assert.Equal(-0.05, log["tool_use.excess"], 1e-12);
    }

    [Fact]
    public void Weights_can_be_exchanged_and_must_fit()
    {
        CompositeReward reward = Sum(RewardNormalization.None).WithWeights(new Dictionary<string, double> { ["tool_use"] = 0 });
        Assert.Equal([2, 2], Episodes.Totals(reward, Episodes.Group(Episodes.Example("7"), Right, Looked)));
        Assert.Throws<ArgumentException>(() => reward.WithWeights(new Dictionary<string, double> { ["curiosity"] = 1 }));
        foreach (double weight in new[] { -1, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentException>(() => new CompositeReward([new(new TaskReward(), weight)]));
        Assert.Throws<ArgumentException>(() => new CompositeReward([]));
        Assert.Throws<ArgumentException>(() => new CompositeReward([new(new TaskReward(), 1), new(new TaskReward(), 1)]));
        Assert.Throws<ArgumentException>(() => new CompositeReward([new(Sum(RewardNormalization.Group), 1)], RewardNormalization.Fixed));
    }

    private static CompositeReward Sum(RewardNormalization normalization) => new([new(new TaskReward(), 2), new(new ToolUseReward(), 0.5)], normalization);

    /// <summary>Rewards as given, right or not.</summary>
    private sealed class Given(string name, params double?[] rewards) : IRewardFunction
    {
        public string Name => name;

        public RewardRange Range => new(-10, 10);

        public IReadOnlyList<RewardBreakdown> Score(RewardGroup group) => [.. rewards.Select(r => new RewardBreakdown(r, [new RewardTerm(name, r ?? 0, "given")]))];
    }
}

public class GroupNormalizedTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new CompositeReward([new(new TaskReward(), 1), new(new CoherenceReward(), 0.3)], RewardNormalization.Group);
}

public class NormalizedSumTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new CompositeReward([new(new TaskReward(), 1), new(new CoherenceReward(), 0.3)], RewardNormalization.GroupOfSum);
}

public class FixedScaleTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new CompositeReward([new(new TaskReward(), 1), new(new CoherenceReward(), 0.3)], RewardNormalization.Fixed);
}
