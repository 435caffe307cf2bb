namespace Pixelis.Rewards.Tests.Task;

public class ChoiceAnswerTests
{
    private const string Question = "What colour? (A) blue (B) red (C) a red car";

    [Theory]
    [InlineData("B")]
    [InlineData("b")]
    [InlineData("(B)")]
    [InlineData("B.")]
    [InlineData("B) red")]
    [InlineData("(b) red")]
    [InlineData("\\text{B}")]
    [InlineData("The answer is B.")]
    [InlineData("Answer: (B)")]
    [InlineData("option B")]
    [InlineData("Red")]
    public void The_right_choice_is_known_in_any_form(string answer) => Assert.Equal(1, Graded.By(new ChoiceAnswer(), answer, "B", Question));

    [Theory]
    [InlineData("A")]
    [InlineData("A or B")]
    [InlineData("A, B, C")]
    [InlineData("(A) blue and (B) red")]
    [InlineData("a red car")] // the third, though it begins with a letter of its own
    [InlineData("not B, no")]
    [InlineData("")]
    [InlineData("green")]
    public void Another_choice_or_several_are_wrong(string answer) => Assert.Equal(0, Graded.By(new ChoiceAnswer(), answer, "B", Question));

    [Fact]
    public void The_truth_may_be_told_by_its_text()
    {
        Assert.Equal(1, Graded.By(new ChoiceAnswer(), "C", "a red car", Question));
        Assert.Equal(1, Graded.By(new ChoiceAnswer(), "b", "red", "Which?\nA. blue\nB. red"));
        Assert.Equal(0, Graded.By(new ChoiceAnswer(), "A", "red", "Which?\nA. blue\nB. red"));
    }

    [Fact]
    public void Without_choices_the_answer_must_be_the_truth()
    {
        Assert.Equal(1, Graded.By(new ChoiceAnswer(), "Seven", "7"));
        Assert.Equal(0, Graded.By(new ChoiceAnswer(), "A", "7"));
    }
}
