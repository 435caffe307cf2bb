using Pixelis.Testing;

namespace Pixelis.Rewards.Tests.Format;

public class FormatRewardTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new FormatReward(AnswerForm.ThinkThenAnswer);

    [Theory]
    [InlineData(AnswerForm.Any, "7", 1)]
    [InlineData(AnswerForm.Boxed, "It is \\boxed{7}.", 1)]
    [InlineData(AnswerForm.Boxed, "It is \\boxed{\\text{red}}.", 1)]
    [InlineData(AnswerForm.Boxed, "\\boxed{7} or \\boxed{8}", 0)]
    [InlineData(AnswerForm.Boxed, "\\boxed{ }", 0)]
    [InlineData(AnswerForm.Boxed, "\\boxed{7", 0)]
    [InlineData(AnswerForm.Tagged, "So <answer>7</answer>.", 1)]
    [InlineData(AnswerForm.Tagged, "</answer>7<answer>", 0)]
    [InlineData(AnswerForm.ThinkThenAnswer, " <think>a\nb</think>\n<answer>7</answer> ", 1)]
    [InlineData(AnswerForm.ThinkThenAnswer, "<think></think><answer>7</answer>", 1)]
    [InlineData(AnswerForm.ThinkThenAnswer, "<think>a</think><answer>7</answer> so there", 0)]
    [InlineData(AnswerForm.ThinkThenAnswer, "<think>a</think><answer>7</answer><answer>8</answer>", 0)]
    [InlineData(AnswerForm.ThinkThenAnswer, "<think>a</think><think>b</think><answer>7</answer>", 0)]
    [InlineData(AnswerForm.ThinkThenAnswer, "<answer>7</answer><think>a</think>", 0)]
    [InlineData(AnswerForm.ThinkThenAnswer, "<answer>7</answer>", 0)]
    public void The_last_turn_has_the_form_or_has_not(AnswerForm form, string text, double expected) =>
        Assert.Equal(expected, Episodes.Alone(new FormatReward(form), Episodes.Of(text)).Total);

    [Fact]
    public void Calls_that_could_not_be_read_and_a_missing_answer_are_faults()
    {
        RewardBreakdown reward = Episodes.Alone(new FormatReward(), Episodes.Of(null, Episodes.Zoom(0, 0), Episodes.Failed("")));
        Assert.Equal(0, reward.Total);
        Assert.Equal([3, null], reward.Terms.Select(t => t.Turn));
        Assert.Equal(1, Episodes.Alone(new FormatReward(), Episodes.Of("7", Episodes.Failed("ZOOM_IN"))).Total); // it failed, but was well formed
    }
}
