namespace Pixelis.Evaluation.Tests.Answers;

public class CanonicalAnswerTests
{
    [Theory]
    [InlineData("E", "e")]
    [InlineData("  Open \n HOURS ", "open hours")]
    [InlineData("\"PIZZA\".", "pizza")]
    [InlineData("$3$", "3")]
    [InlineData("\\text{red}", "Red")]
    [InlineData("**blue**", "blue")]
    [InlineData("3.0", "3")]
    [InlineData("+3", "3")]
    [InlineData("1,200.50", "1200.5")]
    [InlineData("three", "3")]
    [InlineData("it’s", "it's")]
    public void Spelling_does_not_count(string answer, string truth) => Assert.True(CanonicalAnswer.IsRight(answer, truth));

    [Theory]
    [InlineData(null, "3")]
    [InlineData("", "3")]
    [InlineData("4", "3")]
    [InlineData("33", "3")]
    [InlineData("1", "one")] // a sign that says "one" does not say "1"
    [InlineData("7", "007")]
    [InlineData("12,00", "1200")]
    [InlineData("the red one", "red")]
    [InlineData("red or blue", "red")]
    [InlineData("row 1, column 2", "row 1, column 3")]
    public void Everything_else_does(string? answer, string truth) => Assert.False(CanonicalAnswer.IsRight(answer, truth));

    [Fact]
    public void A_nothing_of_marks_is_still_nothing() => Assert.Equal("", CanonicalAnswer.Of(" \"\" . "));
}
