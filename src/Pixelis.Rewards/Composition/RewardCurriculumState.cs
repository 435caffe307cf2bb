namespace Pixelis.Rewards;

/// <summary>Where a <see cref="RewardCurriculum"/> is. Immutable; to be written into checkpoints as JSON.</summary>
public sealed record RewardCurriculumState
{
    /// <summary>The stage, from 0.</summary>
    public int Stage { get; init; }

    /// <summary>Measurements made in this stage.</summary>
    public int Measurements { get; init; }

    /// <summary>The newest of them, at most a window's, the newest last.</summary>
    public IReadOnlyList<double> Successes { get; init; } = [];
}
