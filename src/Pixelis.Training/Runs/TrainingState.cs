namespace Pixelis.Training;

/// <summary>What a run must remember beside weights and optimizer state to go on exactly.</summary>
internal sealed record TrainingState
{
    public int Step { get; init; }

    public int BadSteps { get; init; }

    public int BadStepsInARow { get; init; }

    /// <summary>Step whose weights were measured last; a run that is cancelled while it measures does so when it goes on.</summary>
    public int? EvaluatedAt { get; init; }

    public double? BestMerit { get; init; }

    public int? BestStep { get; init; }

    public int EvaluationsWithoutGain { get; init; }

    /// <summary>What supervised fine-tuning adds; null in runs of another kind.</summary>
    public SftState? Sft { get; init; }

    /// <summary>What reinforcement fine-tuning adds; null in runs of another kind.</summary>
    public Grpo.GrpoState? Grpo { get; init; }
}
