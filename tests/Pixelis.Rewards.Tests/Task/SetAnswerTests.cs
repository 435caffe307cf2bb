namespace Pixelis.Rewards.Tests.Task;

public class SetAnswerTests
{
    [Theory]
    [InlineData("red, blue", "blue, red", 1)]
    [InlineData("Red and BLUE", "blue;red", 1)]
    [InlineData("red\nblue\nred", "blue, red", 1)]
    [InlineData("red", "blue, red", 2.0 / 3)] // 2 * 1 / (1 + 2)
    [InlineData("red, green", "blue, red", 0.5)] // 2 * 1 / (2 + 2)
    [InlineData("red, blue, green, black, white, grey", "blue, red", 0.5)] // 2 * 2 / (6 + 2): listing everything does not pay
    [InlineData("green", "blue, red", 0)]
    [InlineData("1,200, 3", "3 and 1200", 1)]
    [InlineData("1,2,3", "3, 2, 1", 1)]
    [InlineData(", ;", "red", 0)]
    public void The_score_is_f1(string answer, string truth, double expected) => Assert.Equal(expected, Graded.By(new SetAnswer(), answer, truth), 1e-12);

    [Fact]
    public void Marks_alone_are_no_truth() => Assert.False(new SetAnswer().CanGrade(Episodes.Example(" , ; \"\" ")));
}
