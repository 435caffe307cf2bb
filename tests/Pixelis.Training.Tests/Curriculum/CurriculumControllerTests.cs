namespace Pixelis.Training.Tests.Curriculum;

public class CurriculumControllerTests
{
    private static readonly CurriculumOptions Options = new() { Stages = 3, PromoteAt = 0.6, Smoothing = 2, CoolDown = 2, RollBackAt = 0.1 };

    [Fact]
    public void Promotes_on_the_mean_of_the_last_measurements_only()
    {
        Assert.Equal([0, 0, 1], Stages(0.9, 0.2, 1.0));
        Assert.Equal([0, 0, 0], Stages(0.9, 0.2, 0.9));
    }

    [Fact]
    public void Waits_for_the_cool_down_after_a_promotion() =>
        Assert.Equal([0, 1, 1, 1, 2], Stages(0.7, 0.7, 0.9, 0.9, 0.9));

    [Fact]
    public void Rolls_back_when_the_mean_after_a_promotion_drops_and_then_waits_longer()
    {
        // Promoted at 0.7; then 0.5 and 0.6 have a mean of 0.55 < 0.7 - 0.1. The cool-down doubles: four evaluations must be over.
        Assert.Equal([0, 1, 1, 0, 0, 0, 0, 0, 1], Stages(0.7, 0.7, 0.5, 0.6, 0.9, 0.9, 0.9, 0.9, 0.9));
        Assert.Equal([0, 1, 1, 1], Stages(0.7, 0.7, 0.61, 0.61)); // a smaller drop stays
    }

    [Fact]
    public void The_last_stage_is_not_left() => Assert.Equal([0, 0, 0], Stages(Options with { Stages = 1 }, 1, 1, 1));

    [Fact]
    public void A_stage_can_be_left_after_so_many_evaluations_without_success() =>
        Assert.Equal([0, 0, 1, 1, 1, 2], Stages(Options with { MaxEvaluations = 3 }, 0, 0, 0, 0, 0, 0));

    [Fact]
    public void What_is_no_accuracy_is_refused() => Assert.Throws<PixelisException>(() => Stages(1.5));

    private static int[] Stages(params double[] accuracies) => Stages(Options, accuracies);

    private static int[] Stages(CurriculumOptions options, params double[] accuracies)
    {
        var controller = new CurriculumController(options);
        CurriculumState state = controller.Start;
        return [.. accuracies.Select(a => (state = controller.After(state, a)).Stage)];
    }
}
