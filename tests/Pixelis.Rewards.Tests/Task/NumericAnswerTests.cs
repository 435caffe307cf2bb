namespace Pixelis.Rewards.Tests.Task;

public class NumericAnswerTests
{
    [Theory]
    [InlineData("100", 1)]
    [InlineData("105", 1)] // 5 % off
    [InlineData("95", 1)]
    [InlineData("112.5", 0.5)] // half way between 5 % and 20 %: (1 + cos(pi / 2)) / 2
    [InlineData("110", 0.75)] // a third of the way: (1 + cos(pi / 3)) / 2
    [InlineData("115", 0.25)] // two thirds: (1 + cos(2 pi / 3)) / 2
    [InlineData("120", 0)]
    [InlineData("80", 0)]
    [InlineData("-100", 0)]
    [InlineData("1e2", 0)] // how CanonicalAnswer reads numbers
    [InlineData("about 100", 0)]
    public void The_tolerance_is_a_cosine_from_5_to_20_percent(string answer, double expected) =>
        Assert.Equal(expected, Graded.By(new NumericAnswer(), answer, "100"), 1e-12);

    [Theory]
    [InlineData("0", 1)]
    [InlineData("0.0", 1)]
    [InlineData("zero", 1)]
    [InlineData("0.0001", 0)]
    [InlineData("-1", 0)]
    public void Zero_has_no_tolerance_but_is_right(string answer, double expected) => Assert.Equal(expected, Graded.By(new NumericAnswer(), answer, "0"));

    [Fact]
    public void A_negative_truth_has_the_tolerance_of_its_size()
    {
        Assert.Equal(1, Graded.By(new NumericAnswer(), "-10.5", "-10"));
        Assert.Equal(0.75, Graded.By(new NumericAnswer(), "-11", "-10"), 1e-12);
    }

    [Fact]
    public void What_is_no_number_must_be_the_truth_itself()
    {
        Assert.Equal(1, Graded.By(new NumericAnswer(), "Red.", "red"));
        Assert.Equal(0, Graded.By(new NumericAnswer(), "7", "red"));
        Assert.Equal(0, Graded.By(new NumericAnswer(), "NaN", "7"));
    }

    [Fact]
    public void Without_tolerance_only_the_truth_is_right()
    {
        Assert.Equal(1, Graded.By(new NumericAnswer(0, 0), "5", "5"));
        Assert.Equal(0, Graded.By(new NumericAnswer(0, 0), "5.01", "5"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumericAnswer(0.3, 0.2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumericAnswer(double.NaN, 0.2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumericAnswer(0, double.PositiveInfinity));
    }
}
