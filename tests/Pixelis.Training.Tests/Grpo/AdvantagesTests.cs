using FsCheck;
using FsCheck.Fluent;
using Pixelis.Training.Grpo;

namespace Pixelis.Training.Tests.Grpo;

public class AdvantagesTests
{
    [Fact]
    public void Every_kind_gives_what_was_worked_out_by_hand()
    {
        // rewards 1, 0, 0, 3: mean 1, squares about it 0 + 1 + 1 + 4 = 6, deviation sqrt(6 / 3) = sqrt 2
        GroupRewards group = GroupRewards.Of(1, 0, 0, 3);
        Near([0, -1, -1, 2], Of(group, AdvantageKind.Mean).Values);
        double scale = Math.Sqrt(2) + 1e-4;
        Near([0, -1 / scale, -1 / scale, 2 / scale], Of(group, AdvantageKind.MeanAndStd).Values);
        // leave one out: 1 - (0 + 0 + 3) / 3, 0 - 4 / 3, 0 - 4 / 3, 3 - 1 / 3
        Near([0, -4.0 / 3, -4.0 / 3, 8.0 / 3], Of(group, AdvantageKind.LeaveOneOut).Values);
        GroupAdvantages told = Of(group, AdvantageKind.Mean);
        Assert.Equal((GroupSignal.Varied, 1.0, Math.Sqrt(2)), (told.Signal, told.Mean, told.Deviation));
    }

    [Fact]
    public void Terms_are_normalised_in_their_group_then_summed_then_normalised_over_the_batch()
    {
        // task 0, 2: mean 1, deviation sqrt 2, z = ∓1/√2 (ε is 1e-12 here). cost 30, 10: mean 20, deviation √200, z = ±1/√2.
        // Weighted by 1 and 0.5: first group -1/√2 + 0.5/√2 = -0.5/√2 and +0.5/√2. Second group: task 1, 5 as well ∓1/√2, cost is uniform: ∓1/√2.
        // Batch of ∓0.5/√2, ∓1/√2: mean 0, squares 2 (0.125 + 0.5) = 1.25, deviation √(1.25 / 3).
        GroupRewards first = Terms([0, 2], [30, 10]), second = Terms([1, 5], [7, 7]);
        var options = new AdvantageOptions { Kind = AdvantageKind.NormalizeThenSum, Epsilon = 1e-12, Weights = new Dictionary<string, double> { ["cost"] = 0.5 } };
        IReadOnlyList<GroupAdvantages> results = Advantages.Of([first, second], options);
        double deviation = Math.Sqrt(1.25 / 3), half = 0.5 / Math.Sqrt(2) / deviation, whole = 1 / Math.Sqrt(2) / deviation;
        Near([-half, half], results[0].Values, 1e-9);
        Near([-whole, whole], results[1].Values, 1e-9);
        Near([15, 7], [.. results[0].Rewards.Select(r => r!.Value)]); // 0 + 30 / 2, 2 + 10 / 2
    }

    [Fact]
    public void Other_kinds_sum_the_weighted_terms_first()
    {
        GroupRewards group = Terms([0, 2, null], [30, 10, 4]);
        var options = new AdvantageOptions { Weights = new Dictionary<string, double> { ["cost"] = 0.5 } };
        GroupAdvantages result = Advantages.Of([group], options)[0];
        Near([7, -1, -6], result.Values); // 15, 7 and, where the task does not apply, 2: mean 8
    }

    [Theory]
    [InlineData(AdvantageKind.Mean)]
    [InlineData(AdvantageKind.MeanAndStd)]
    [InlineData(AdvantageKind.LeaveOneOut)]
    [InlineData(AdvantageKind.NormalizeThenSum)]
    public void A_group_without_variance_is_known_by_exact_equality(AdvantageKind kind)
    {
        double[] same = [.. Enumerable.Repeat(0.1, 10)];
        Assert.NotEqual(0.1, same.Sum() / 10); // so that a standard deviation would not be 0
        GroupAdvantages result = Of(GroupRewards.Of([.. same.Select(r => (double?)r)]), kind);
        Assert.Equal(GroupSignal.Uniform, result.Signal);
        Assert.False(result.HasSignal);
        Assert.All(result.Values, value => Assert.Equal(0.0, value));
    }

    [Theory]
    [InlineData(AdvantageKind.Mean)]
    [InlineData(AdvantageKind.MeanAndStd)]
    [InlineData(AdvantageKind.LeaveOneOut)]
    [InlineData(AdvantageKind.NormalizeThenSum)]
    public void Bad_rewards_lose_their_own_turn_and_nobody_elses(AdvantageKind kind)
    {
        IReadOnlyList<GroupAdvantages> results = Advantages.Of(
            [GroupRewards.Of(5), GroupRewards.Of(null, null), GroupRewards.Of(double.NaN, 1, null, 3, double.PositiveInfinity), GroupRewards.Of(double.NaN, 4), GroupRewards.Of()],
            new AdvantageOptions { Kind = kind });
        Assert.Equal([GroupSignal.Single, GroupSignal.Unknown, GroupSignal.Varied, GroupSignal.Single, GroupSignal.Unknown], results.Select(r => r.Signal));
        Assert.Equal([0.0], results[0].Values);
        Assert.Equal([0.0, 0.0], results[1].Values);
        Assert.Equal((2, 0), (results[1].Unscored, results[1].Failed));
        Assert.Equal([0.0, 0.0], results[3].Values);
        Assert.Empty(results[4].Values);
        // Without the three bad ones the group is (1, 3) and gets what (1, 3) gets in this batch.
        IReadOnlyList<GroupAdvantages> good = Advantages.Of([GroupRewards.Of(5), GroupRewards.Of(1, 3), GroupRewards.Of(4)], new AdvantageOptions { Kind = kind });
        GroupAdvantages mixed = results[2];
        Assert.Equal((1, 2, 2.0), (mixed.Unscored, mixed.Failed, mixed.Mean));
        Assert.Equal([0.0, 0.0, 0.0], [mixed.Values[0], mixed.Values[2], mixed.Values[4]]);
        Near(good[1].Values, [mixed.Values[1], mixed.Values[3]], 1e-12);
        Assert.Null(mixed.Rewards[0]);
    }

    [Fact]
    public void Settings_that_cannot_work_are_refused()
    {
        Assert.Contains("Epsilon", Assert.Throws<PixelisException>(() => Advantages.Of([], new AdvantageOptions { Epsilon = 0 })).Message, StringComparison.Ordinal);
        var weights = new AdvantageOptions { Weights = new Dictionary<string, double> { ["task"] = double.NaN } };
        Assert.Contains("'task'", Assert.Throws<PixelisException>(() => Advantages.Of([], weights)).Message, StringComparison.Ordinal);
        Assert.Contains("'cost' has 1 values", Assert.Throws<ArgumentException>(() => Terms([1, 2], [1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Advantages_sum_to_zero_in_every_group() => ForAllRewards((rewards, kind) =>
        Assert.Equal(0, Of(Group(rewards), kind).Values.Sum(), 1e-9 * rewards.Length * Math.Max(1, rewards.Max(Math.Abs))));

    [Fact]
    public void A_shift_of_all_rewards_changes_nothing() => ForAllRewards((rewards, kind) =>
        Near(Of(Group(rewards), kind).Values, Of(Group([.. rewards.Select(r => r + 16)]), kind).Values, 1e-9));

    [Fact]
    public void A_scale_of_all_rewards_changes_nothing_where_deviations_divide() => ForAllRewards((rewards, kind) =>
    {
        if (kind is AdvantageKind.Mean or AdvantageKind.LeaveOneOut)
            Near([.. Of(Group(rewards), kind).Values.Select(a => 4 * a)], Of(Group([.. rewards.Select(r => 4 * r)]), kind).Values, 1e-9);
        else
            Near(Of(Group(rewards), kind, 1e-12).Values, Of(Group([.. rewards.Select(r => 4 * r)]), kind, 1e-12).Values, 1e-6);
    });

    [Fact]
    public void The_order_of_a_group_changes_nothing() => ForAllRewards((rewards, kind) =>
    {
        double[] turned = [.. rewards.Reverse()];
        Near([.. Of(Group(rewards), kind).Values.Reverse()], Of(Group(turned), kind).Values, 1e-9);
    });

    [Fact]
    public void Leaving_one_out_is_the_mean_of_the_others() => ForAllRewards((rewards, _) =>
    {
        IReadOnlyList<double> values = Of(Group(rewards), AdvantageKind.LeaveOneOut).Values;
        for (int i = 0; i < rewards.Length; i++)
            Assert.Equal(rewards[i] - rewards.Where((_, j) => j != i).Average(), values[i], 1e-9);
    });

    private static void ForAllRewards(Action<double[], AdvantageKind> property)
    {
        Gen<(double[], AdvantageKind)> cases =
            from size in Gen.Choose(2, 9)
            from eighths in Gen.Choose(-80, 80).ArrayOf(size)
            from kind in Gen.Elements(Enum.GetValues<AdvantageKind>())
            select (eighths.Select(e => e / 8.0).ToArray(), kind);
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(cases.ToArbitrary(), c => property(c.Item1, c.Item2)));
    }

    private static GroupRewards Group(double[] rewards) => GroupRewards.Of([.. rewards.Select(r => (double?)r)]);

    private static GroupRewards Terms(double?[] task, double?[] cost) =>
        new(new Dictionary<string, IReadOnlyList<double?>> { ["task"] = task, ["cost"] = cost });

    private static GroupAdvantages Of(GroupRewards group, AdvantageKind kind, double epsilon = 1e-4) =>
        Advantages.Of([group], new AdvantageOptions { Kind = kind, Epsilon = epsilon })[0];

    private static void Near(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual[i], tolerance);
    }
}
