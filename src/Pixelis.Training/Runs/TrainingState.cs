namespace Pixelis.Training;

/// <summary>What a run must remember beside weights and optimizer state to go on exactly.</summary>
internal sealed record TrainingState
{
    public int Step { get; init; }

    public int BadSteps { get; init; }

    public int BadStepsInARow { get; init; }

    public double? BestMerit { get; init; }

    public int? BestStep { get; init; }

    public int EvaluationsWithoutGain { get; init; }

    /// <summary>What supervised fine-tuning adds; null in runs of another kind.</summary>
    public SftState? Sft { get; init; }

    /// <summary>What reinforcement fine-tuning adds; null in runs of another kind.</summary>
    public Grpo.GrpoState? Grpo { get; init; }
}
