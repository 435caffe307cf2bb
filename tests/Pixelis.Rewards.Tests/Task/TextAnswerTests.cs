namespace Pixelis.Rewards.Tests.Task;

public class TextAnswerTests
{
    [Theory]
    [InlineData("OPEN hours", "open  hours", 1)]
    [InlineData("opem", "open", 0.75)] // one letter of four
    [InlineData("kitten", "sitting", 4.0 / 7)] // 1 - 3/7
    [InlineData("xyz", "open", 0)] // four edits over four letters
    [InlineData("open and shut and open again", "open", 4.0 / 28)] // padding: 24 insertions
    public void The_score_is_the_share_that_needs_no_edit(string answer, string truth, double expected) =>
        Assert.Equal(expected, Graded.By(new TextAnswer(), answer, truth), 1e-12);

    [Fact]
    public void An_endless_answer_is_wrong_at_once() => Assert.Equal(0, Graded.By(new TextAnswer(), new string('a', 1_000_000), "a"));

    [Fact]
    public void Marks_alone_are_no_truth() => Assert.False(new TextAnswer().CanGrade(Episodes.Example("\".\"")));
}
