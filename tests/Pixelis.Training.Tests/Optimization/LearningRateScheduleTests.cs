namespace Pixelis.Training.Tests.Optimization;

public class LearningRateScheduleTests
{
    private static readonly OptimizationOptions Options = new() { LearningRate = 1, WarmUp = 0.2, FinalShare = 0.1 };

    [Fact]
    public void Rises_over_the_warm_up_and_falls_along_half_a_cosine()
    {
        var schedule = new LearningRateSchedule(Options, 11); // warm-up of 2 steps, then 9 to the end
        Assert.Equal([0.5, 1, 1], Enumerable.Range(0, 3).Select(schedule.At));
        Assert.Equal(0.1 + (0.9 * 0.5 * (1 + Math.Cos(Math.PI * 4 / 8))), schedule.At(6), 1e-12);
        Assert.Equal(0.1, schedule.At(10), 1e-12);
        Assert.Equal(0.1, schedule.At(99), 1e-12);
    }

    [Fact]
    public void Other_shapes()
    {
        Assert.Equal(0.55, new LearningRateSchedule(Options with { Schedule = ScheduleShape.Linear }, 11).At(6), 1e-12);
        Assert.Equal(1, new LearningRateSchedule(Options with { Schedule = ScheduleShape.Constant }, 11).At(10), 1e-12);
        Assert.Equal(1, new LearningRateSchedule(Options with { WarmUp = 0 }, 1).At(0), 1e-12);
    }
}
