namespace Pixelis.Training;

/// <summary>Where a curriculum is. Immutable; written into checkpoints.</summary>
public sealed record CurriculumState
{
    /// <summary>The stage, from 0.</summary>
    public int Stage { get; init; }

    /// <summary>Accuracies measured in this stage, the newest last.</summary>
    public IReadOnlyList<double> Accuracies { get; init; } = [];

    /// <summary>Mean accuracy at the promotion to this stage; null after a roll-back or at the start.</summary>
    public double? BeforePromotion { get; init; }

    /// <summary>Evaluations of this stage before which nothing is promoted.</summary>
    public int CoolDown { get; init; }

    /// <summary>Roll-backs so far.</summary>
    public int RollBacks { get; init; }
}
