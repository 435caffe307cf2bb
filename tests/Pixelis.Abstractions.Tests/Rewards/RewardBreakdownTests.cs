using Pixelis.Rewards;

namespace Pixelis.Abstractions.Tests.Rewards;

public class RewardBreakdownTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_no_reward(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RewardBreakdown(value, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RewardTerm("task", value));
        Assert.Throws<ArgumentOutOfRangeException>(() => RewardBreakdown.Of("task", value));
    }

    [Fact]
    public void Terms_add_up()
    {
        RewardBreakdown reward = RewardBreakdown.Of([new RewardTerm("good", 0.5), new RewardTerm("bad", -0.75, "why", 3)]);
        Assert.Equal(-0.25, reward.Total);
        Assert.Equal(0, RewardBreakdown.Of([]).Total);
    }

    [Fact]
    public void Not_measured_is_not_zero_and_says_why()
    {
        RewardBreakdown reward = RewardBreakdown.NotMeasured("task", "no truth");
        Assert.Null(reward.Total);
        Assert.Equal("no truth", Assert.Single(reward.Terms).Reason);
        Assert.Empty(reward.ToLog());
    }

    [Fact]
    public void The_log_sums_terms_of_a_name_and_holds_the_parts_raw()
    {
        RewardBreakdown part = RewardBreakdown.Of([new RewardTerm("excess", -0.05, null, 1), new RewardTerm("excess", -0.05, null, 3)]);
        var sum = new RewardBreakdown(-0.05, [new RewardTerm("tools", -0.05)])
        {
            Parts = new Dictionary<string, RewardBreakdown> { ["tools"] = part, ["task"] = RewardBreakdown.NotMeasured("task", "no truth") },
        };
        Assert.Equal(
            new Dictionary<string, double> { ["total"] = -0.05, ["tools"] = -0.05, ["tools.raw"] = -0.1, ["tools.excess"] = -0.1 }, sum.ToLog().ToDictionary());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(1 + 1e-12, true)] // rounding of a sum
    [InlineData(1.001, false)]
    [InlineData(-0.001, false)]
    [InlineData(double.NaN, false)]
    public void A_range_holds_its_ends(double reward, bool within) => Assert.Equal(within, RewardRange.Unit.Contains(reward));
}
