using Pixelis.Data;

namespace Pixelis.Rewards.Tests.Task;

public class BoxAnswerTests
{
    [Theory]
    [InlineData("[0, 0, 10, 10]", 1)]
    [InlineData("x1=0 y1=0 x2=10 y2=5", 0)] // eight numbers: the names have digits
    [InlineData("0 0 10 5", 0.5)]
    [InlineData("[5, 0, 15, 10]", 1.0 / 3)] // 50 of 150
    [InlineData("[10, 10, 0, 0]", 0)] // crossed edges
    [InlineData("[20, 20, 30, 30]", 0)]
    [InlineData("[0, 0, 10]", 0)]
    [InlineData("everywhere", 0)]
    public void The_score_is_the_overlap(string answer, double expected) => Assert.Equal(expected, Graded.By(new BoxAnswer(), answer, "[0, 0, 10, 10]"), 1e-12);

    [Theory]
    [InlineData(CoordinateSpace.SeenPixels, "[0, 0, 50, 25]")] // seen at half its 200x100 pixels
    [InlineData(CoordinateSpace.Normalized, "[0, 0, 0.5, 0.5]")]
    [InlineData(CoordinateSpace.Thousandths, "[0, 0, 500, 500]")]
    public void Places_are_mapped_to_the_source(CoordinateSpace space, string answer) =>
        Assert.Equal(1, Graded.By(new BoxAnswer(space), answer, "[0, 0, 100, 50]"), 1e-12);

    [Fact]
    public void The_only_target_is_the_truth_where_the_answer_is_no_box()
    {
        var target = new TruthObject { Label = "red square", Box = new PixelBox(0, 0, 10, 10), IsTarget = true };
        Example example = Episodes.Example("the red square") with { Truth = [target, target with { IsTarget = false }] };
        Assert.Equal(1, new BoxAnswer().Grade("[0, 0, 10, 10]", example, Episodes.Of("")).Value);
        Assert.False(new BoxAnswer().CanGrade(example with { Truth = [target, target] }));
    }

    [Fact]
    public void A_number_beyond_all_numbers_is_no_box() => Assert.Equal(0, Graded.By(new BoxAnswer(), $"[0, 0, 1{new string('0', 400)}, 1]", "[0, 0, 10, 10]"));
}
