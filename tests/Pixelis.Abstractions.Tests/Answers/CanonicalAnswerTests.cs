using Pixelis.Evaluation;

namespace Pixelis.Abstractions.Tests.Answers;

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

    [Theory]
    [InlineData("seven", 7)]
    [InlineData("\\text{-1,200.50}", -1200.5)]
    [InlineData("0.0", 0)]
    public void A_number_is_read_in_any_spelling(string answer, double expected) => Assert.Equal((decimal)expected, CanonicalAnswer.NumberOf(answer));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("3 or 4")]
    [InlineData("007")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    public void What_is_more_or_less_than_a_number_is_none(string? answer) => Assert.Null(CanonicalAnswer.NumberOf(answer));

    [Fact]
    public void A_nothing_of_marks_is_still_nothing() => Assert.Equal("", CanonicalAnswer.Of(" \"\" . "));
}
