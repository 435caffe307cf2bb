using System.Text.Json;

namespace Pixelis.Rewards.Tests.Composition;

public class RewardCurriculumTests
{
    private static readonly CompositeReward Reward = RewardPresets.PixelBench();

    private static readonly RewardCurriculum Curriculum = new(
        Reward,
        [
            new RewardStage("task", new Dictionary<string, double> { ["tool_use"] = 0, ["coherence"] = 0 }) { PromoteAt = 0.6, Window = 3 },
            new RewardStage("steps", new Dictionary<string, double> { ["tool_use"] = 0 }) { PromoteAt = 0.9, Window = 2, MaxMeasurements = 4 },
            new RewardStage("all", new Dictionary<string, double>()),
        ]);

    [Fact]
    public void Success_over_a_whole_window_promotes()
    {
        RewardCurriculumState state = After(Curriculum.Start, 1, 1);
        Assert.Equal((0, 2), (state.Stage, state.Measurements)); // two of three
        Assert.Equal(0, After(state, 0).Stage - 1); // 2/3 of the window
        Assert.Equal(0, After(Curriculum.Start, 0.5, 0.5, 0.5, 0.7, 0.5).Stage);
        Assert.Equal(1, After(Curriculum.Start, 0, 0, 0, 0.6, 0.6, 0.6).Stage); // the newest three only
    }

    [Fact]
    public void A_stage_starts_with_an_empty_window_and_may_end_by_number()
    {
        RewardCurriculumState second = After(Curriculum.Start, 1, 1, 1);
        Assert.Equal((1, 0), (second.Stage, second.Successes.Count));
        Assert.Equal(1, After(second, 0, 0, 0).Stage);
        Assert.Equal(2, After(second, 0, 0, 0, 0).Stage);
        Assert.Equal(2, After(second, 0.9, 0.9).Stage);
    }

    [Fact]
    public void The_last_stage_stays()
    {
        RewardCurriculumState last = After(new RewardCurriculumState { Stage = 2 }, [.. Enumerable.Repeat(1.0, 200)]);
        Assert.Equal((2, 200, 100), (last.Stage, last.Measurements, last.Successes.Count));
    }

    [Fact]
    public void Each_stage_has_its_weights_and_keeps_the_others()
    {
        Assert.Equal([1, 0.05, 1, 0, 0], Weights(Curriculum.At(Curriculum.Start)));
        Assert.Equal([1, 0.05, 1, 0.05, 0], Weights(Curriculum.At(new RewardCurriculumState { Stage = 1 })));
        Assert.Equal(Weights(Reward), Weights(Curriculum.At(new RewardCurriculumState { Stage = 7 })));
    }

    [Fact]
    public void The_benchs_curriculum_begins_with_the_task_alone_and_ends_with_all()
    {
        RewardCurriculum curriculum = RewardCurriculum.OfPixelBench(Reward);
        Assert.Equal([1, 0, 0, 0, 0], Weights(curriculum.At(new RewardCurriculumState())));
        Assert.Equal([1, 0.05, 0, 0.05, 1], Weights(curriculum.At(new RewardCurriculumState { Stage = 1 })));
        Assert.Equal(Weights(Reward), Weights(curriculum.At(new RewardCurriculumState { Stage = 2 })));
    }

    [Fact]
    public void The_state_survives_a_checkpoint()
    {
        RewardCurriculumState state = After(Curriculum.Start, 0.1, 1.0 / 3);
        RewardCurriculumState read = JsonSerializer.Deserialize<RewardCurriculumState>(JsonSerializer.Serialize(state))!;
        Assert.Equal((state.Stage, state.Measurements), (read.Stage, read.Measurements));
        Assert.Equal(state.Successes, read.Successes);
    }

    [Fact]
    public void What_is_no_success_and_no_stage_is_refused()
    {
        foreach (double success in new[] { double.NaN, -0.1, 1.1 })
            Assert.Throws<ArgumentOutOfRangeException>(() => Curriculum.After(Curriculum.Start, success));
        Assert.Throws<ArgumentException>(() => new RewardCurriculum(Reward, []));
        Assert.Throws<ArgumentException>(() => new RewardCurriculum(Reward, [new RewardStage("a", new Dictionary<string, double> { ["none"] = 1 })]));
        Assert.Throws<ArgumentException>(() => new RewardCurriculum(Reward, [new RewardStage("a", new Dictionary<string, double>()) { Window = 0 }]));
    }

    private static RewardCurriculumState After(RewardCurriculumState state, params double[] successes) => successes.Aggregate(state, Curriculum.After);

    private static double[] Weights(CompositeReward reward) => [.. reward.Parts.Select(p => p.Weight)];
}
