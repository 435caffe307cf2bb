using Pixelis.Testing;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Curiosity;

public class GroupCuriosityRewardTests : RewardConformance
{
    private static readonly Trajectory Looked = Episodes.Of("7", Episodes.Zoom(0, 0)), Guessed = Episodes.Of("7");

    protected override IRewardFunction CreateReward() => new GroupCuriosityReward();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.0875)] // 0.5 * (0.3 - 1/8)
    [InlineData(2, 0.025)] // 0.5 * (0.3 - 2/8)
    [InlineData(3, 0)] // 3/8 is above 0.3
    [InlineData(8, 0)]
    public void Looking_is_paid_while_few_of_eight_look(int lookers, double bonus)
    {
        double[] rewards = Episodes.Totals(new GroupCuriosityReward(), Eight(lookers));
        Assert.All(rewards.Take(lookers), r => Assert.Equal(bonus, r, 1e-12));
        Assert.All(rewards.Skip(lookers), r => Assert.Equal(0, r));
    }

    [Theory]
    [InlineData(1, 0, 0.175)] // 0.25 * (0.3 - 1/8) / 2 * 8
    [InlineData(1, 12, 0.7 / 3)] // ... / 1.5: 0.2333
    [InlineData(2, 0, 0.025)] // 0.25 * 0.05 / 2 * 4
    [InlineData(3, 0, 0)]
    public void The_released_form_pays_what_its_code_pays(int lookers, int frames, double bonus)
    {
        var reward = new GroupCuriosityReward(new GroupCuriosityOptions { Form = CuriosityForm.Released });
        RewardGroup group = Eight(lookers, frames);
        Assert.All(Episodes.Totals(reward, group).Take(lookers), r => Assert.Equal(bonus, r, 1e-12));
    }

    [Fact]
    public void The_released_form_is_bounded_in_large_groups()
    {
        var reward = new GroupCuriosityReward(new GroupCuriosityOptions { Form = CuriosityForm.Released });
        RewardGroup group = Episodes.Group(Episodes.Example("7"), [Looked, .. Enumerable.Repeat(Guessed, 63)]);
        Assert.Equal(0.25, Episodes.Totals(reward, group)[0]);
    }

    [Fact]
    public void A_tool_that_always_fails_earns_nothing_and_hides_nobodys_bonus()
    {
        Trajectory failed = Episodes.Of("7", Episodes.Failed("ZOOM_IN"), Episodes.Failed("ZOOM_IN"));
        RewardGroup group = Episodes.Group(Episodes.Example("7"), [Looked, .. Enumerable.Repeat(failed, 7)]);
        Assert.Equal(0.0875, Episodes.Totals(new GroupCuriosityReward(), group)[0], 1e-12);
        Assert.All(Episodes.Totals(new GroupCuriosityReward(), Episodes.Group(Episodes.Example("7"), failed, failed)), r => Assert.Equal(0, r));
    }

    [Fact]
    public void Alone_nobody_is_rare() => Assert.Equal(0, Episodes.Alone(new GroupCuriosityReward(), Looked).Total);

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupCuriosityReward(new GroupCuriosityOptions { Target = 1.1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupCuriosityReward(new GroupCuriosityOptions { Alpha = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupCuriosityReward(new GroupCuriosityOptions { ReleasedImageDivisor = 0 }));
    }

    private static RewardGroup Eight(int lookers, int frames = 0) => Episodes.Group(
        Episodes.Example("7"),
        [.. Enumerable.Range(0, 8).Select(i => (i < lookers ? Looked : Guessed) with { Inputs = [Episodes.Input(frames)] })]);
}

public class ReleasedCuriosityTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new GroupCuriosityReward(new GroupCuriosityOptions { Form = CuriosityForm.Released });
}
