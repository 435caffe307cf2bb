using Pixelis.Data;
using Pixelis.Testing;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Task;

public class TaskRewardTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new TaskReward();

    [Fact]
    public void Right_is_one_and_wrong_is_zero()
    {
        RewardGroup group = Episodes.Group(Episodes.Example("7"), Episodes.Of("Seven."), Episodes.Of("8"));
        Assert.Equal([1, 0], Episodes.Totals(CreateReward(), group));
    }

    [Fact]
    public void No_answer_is_zero_and_says_why_the_episode_ended()
    {
        RewardBreakdown reward = Episodes.Alone(CreateReward(), Episodes.Of(null));
        Assert.Equal(0, reward.Total);
        Assert.Contains("TurnLimit", Assert.Single(reward.Terms).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void An_empty_completion_is_zero(string answer) => Assert.Equal(0, Episodes.Alone(CreateReward(), Episodes.Of(answer)).Total);

    [Fact]
    public void Without_a_truth_nothing_is_measured_whatever_was_answered()
    {
        Assert.Null(Episodes.Alone(CreateReward(), Episodes.Of("7"), Episodes.Example("")).Total);
        Assert.Null(Episodes.Alone(CreateReward(), Episodes.Of(null), Episodes.Example(" ")).Total);
        Assert.Null(Episodes.Alone(new TaskReward(new BoxAnswer()), Episodes.Of("[0, 0, 1, 1]"), Episodes.Example("red")).Total);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.5)]
    public void A_grader_out_of_range_is_named(double value)
    {
        var e = Assert.Throws<RewardException>(() => Episodes.Alone(new TaskReward(new Grader(value)), Episodes.Of("7")));
        Assert.Contains("'careless'", e.Message, StringComparison.Ordinal);
    }

    private sealed class Grader(double value) : IAnswerGrader
    {
        public string Name => "careless";

        public bool CanGrade(Example example) => true;

        public AnswerGrade Grade(string answer, Example example, Trajectory trajectory) => new(value, "so");
    }
}

public class NumericTaskTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new TaskReward(new NumericAnswer());
}

public class ChoiceTaskTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new TaskReward(new ChoiceAnswer());
}

public class SetTaskTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new TaskReward(new SetAnswer());
}

public class FunctionSequenceTaskTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new TaskReward(new FunctionSequenceAnswer(partialCredit: true));
}

public class TextTaskTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new TaskReward(new TextAnswer());
}

public class BoxTaskTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new TaskReward(new BoxAnswer(CoordinateSpace.SeenPixels));
}
