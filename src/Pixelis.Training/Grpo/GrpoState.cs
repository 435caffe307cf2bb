using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>What reinforcement fine-tuning remembers beside weights and optimizer.</summary>
internal sealed record GrpoState
{
    /// <summary>Prompts drawn so far.</summary>
    public long Drawn { get; init; }

    public double KlCoefficient { get; init; }

    /// <summary>Prompts that could not be used.</summary>
    public long SkippedPrompts { get; init; }

    public RewardCurriculumState Curriculum { get; init; } = new();

    public AlarmState Alarms { get; init; } = new();
}
