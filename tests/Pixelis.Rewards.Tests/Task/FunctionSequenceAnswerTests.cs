namespace Pixelis.Rewards.Tests.Task;

public class FunctionSequenceAnswerTests
{
    private const string Truth = "move(obj1, left), paint(obj2, red)";

    [Theory]
    [InlineData("paint(obj2, red) move(obj1, 'left')", 1)]
    [InlineData("move(obj1, left)", 0.5)] // one of two
    [InlineData("move(obj1, left), move(obj1, left)", 0.25)] // half of them repeated: 1 * (1/2) / 2
    [InlineData("move(obj1, left), paint(obj2, red), turn(obj3, up), turn(obj4, up)", 0.5)] // two of four
    [InlineData("move(obj1, right), paint(obj2, red)", 0.5)]
    [InlineData("nothing", 0)]
    [InlineData("move(obj1 left)", 0)]
    public void Whole_matches_count(string answer, double expected) => Assert.Equal(expected, Graded.By(new FunctionSequenceAnswer(), answer, Truth), 1e-12);

    [Theory]
    [InlineData("move(obj1, right), paint(obj2, red)", 0.75)] // (1 + 0.5) / 2: function and object
    [InlineData("move(obj9, left), paint(obj2, red)", 0.75)] // function and value
    [InlineData("move(obj9, right), paint(obj2, red)", 0.625)] // (1 + 0.25) / 2: function only
    [InlineData("move(obj9, right), move(obj8, up)", 0.125)] // each truth is matched once
    [InlineData("turn(obj1, left)", 0)]
    public void Parts_count_where_they_are_asked_for(string answer, double expected) =>
        Assert.Equal(expected, Graded.By(new FunctionSequenceAnswer(partialCredit: true), answer, Truth), 1e-12);

    [Fact]
    public void A_whole_match_goes_before_a_partial_one() =>
        Assert.Equal(1, Graded.By(new FunctionSequenceAnswer(partialCredit: true), "move(obj1, up), move(obj1, left)", "move(obj1, left), move(obj1, up)"), 1e-12);
}
