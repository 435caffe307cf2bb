namespace Pixelis.Training;

/// <summary>
/// Stages of difficulty, moved through by measured success. What a stage consists of is the example source's business
/// (<see cref="DataCursor.Stage"/>); this says when to move.
/// </summary>
public sealed record CurriculumOptions
{
    /// <summary>Number of stages, at least 1.</summary>
    public int Stages { get; init; } = 1;

    /// <summary>Mean accuracy of the last <see cref="Smoothing"/> evaluations that promotes to the next stage, 0 to 1. Default 0.6.</summary>
    public double PromoteAt { get; init; } = 0.6;

    /// <summary>Evaluations that the mean is taken over. Default 3. It starts anew in each stage.</summary>
    public int Smoothing { get; init; } = 3;

    /// <summary>
    /// Drop of accuracy, from the mean at promotion to the mean of the first <see cref="Smoothing"/> evaluations after it, that rolls back to the stage before. Default 0.1.
    /// Evaluate on the same examples in all stages: on harder ones a drop is no regression.
    /// </summary>
    public double RollBackAt { get; init; } = 0.1;

    /// <summary>Evaluations after a change of stage in which no promotion happens. Default 3. Each roll-back doubles it for the promotion that failed.</summary>
    public int CoolDown { get; init; } = 3;

    /// <summary>Evaluations after which a stage is left without success; 0 (default) never.</summary>
    public int MaxEvaluations { get; init; }

    internal void Validate()
    {
        OptionCheck.AtLeast(Stages, 1, "Curriculum.Stages");
        OptionCheck.Within(PromoteAt, 0, 1, "Curriculum.PromoteAt");
        OptionCheck.AtLeast(Smoothing, 1, "Curriculum.Smoothing");
        OptionCheck.Within(RollBackAt, 0, 1, "Curriculum.RollBackAt");
        OptionCheck.AtLeast(CoolDown, 0, "Curriculum.CoolDown");
        OptionCheck.AtLeast(MaxEvaluations, 0, "Curriculum.MaxEvaluations");
    }
}
