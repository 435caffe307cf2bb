namespace Pixelis.Rewards;

/// <summary>
/// Stages of weights, moved through by measured success: first the task alone, then what shapes how it is done. The rules are a pure
/// function of state and measurements; success is a share of right answers, never the reward itself, which would promote for shaping.
/// </summary>
public sealed class RewardCurriculum
{
    private readonly CompositeReward[] _rewards;

    /// <summary>Makes a curriculum.</summary>
    /// <param name="reward">The parts.</param>
    /// <param name="stages">Weights of each stage, at least one.</param>
    /// <exception cref="ArgumentException">A stage names a part that the reward lacks, or its numbers are out of range.</exception>
    public RewardCurriculum(CompositeReward reward, IReadOnlyList<RewardStage> stages)
    {
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(stages);
        if (stages.Count == 0)
            throw new ArgumentException("One stage or more was expected.", nameof(stages));
        if (stages.FirstOrDefault(s => !(s.PromoteAt is >= 0 and <= 1) || s.Window < 1 || s.MaxMeasurements < 0) is { } wrong)
        {
            throw new ArgumentException(
                $"Stage '{wrong.Name}': {nameof(RewardStage.PromoteAt)} 0 to 1, {nameof(RewardStage.Window)} from 1, {nameof(RewardStage.MaxMeasurements)} from 0 were expected.",
                nameof(stages));
        }
        Stages = stages;
        _rewards = [.. stages.Select(s => reward.WithWeights(s.Weights))];
    }

    /// <summary>The stages in order.</summary>
    public IReadOnlyList<RewardStage> Stages { get; }

    /// <summary>The state at the start.</summary>
    public RewardCurriculumState Start { get; } = new();

    /// <summary>The task alone until 70 % are right; then coherence and tool use; from 80 % on curiosity, too: for <see cref="RewardPresets.PixelBench"/>.</summary>
    public static RewardCurriculum OfPixelBench(CompositeReward reward)
    {
        ArgumentNullException.ThrowIfNull(reward);
        Dictionary<string, double> alone = reward.Parts.ToDictionary(p => p.Reward.Name, p => p.IsRequired ? p.Weight : 0);
        Dictionary<string, double> shaped = new(alone);
        foreach (RewardPart part in reward.Parts.Where(p => p.Reward is CoherenceReward or ToolUseReward or FormatReward))
            shaped[part.Reward.Name] = part.Weight;
        return new RewardCurriculum(
            reward,
            [new RewardStage("task", alone), new RewardStage("steps", shaped) { PromoteAt = 0.8 }, new RewardStage("curiosity", new Dictionary<string, double>())]);
    }

    /// <summary>The reward with the weights of a state's stage. A state of a longer curriculum gets the last stage's.</summary>
    public CompositeReward At(RewardCurriculumState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return _rewards[Math.Clamp(state.Stage, 0, _rewards.Length - 1)];
    }

    /// <summary>The state after a measurement. A higher stage means promotion.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="success">Share of right answers of a step, or of an evaluation, 0 to 1.</param>
    public RewardCurriculumState After(RewardCurriculumState state, double success)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!(success is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(success), success, "A share from 0 to 1 was expected.");
        RewardStage stage = Stages[Math.Clamp(state.Stage, 0, Stages.Count - 1)];
        double[] newest = [.. state.Successes.Append(success).TakeLast(stage.Window)];
        int measurements = state.Measurements + 1;
        bool succeeds = newest.Length >= stage.Window && newest.Average() >= stage.PromoteAt;
        bool isOver = stage.MaxMeasurements > 0 && measurements >= stage.MaxMeasurements;
        bool isLast = state.Stage >= Stages.Count - 1;
        return !isLast && (succeeds || isOver)
            ? new RewardCurriculumState { Stage = state.Stage + 1 }
            : state with { Measurements = measurements, Successes = newest };
    }
}
