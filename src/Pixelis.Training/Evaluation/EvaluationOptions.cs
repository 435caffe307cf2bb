namespace Pixelis.Training;

/// <summary>When a run is measured, and when it stops because it gets no better.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Steps between evaluations, where there is something to evaluate on. Default 100. One more is made when the run ends.</summary>
    public int Every { get; init; } = 100;

    /// <summary>Evaluations without a better result after which the run ends; 0 (default) never.</summary>
    public int Patience { get; init; }

    /// <summary>How much better counts as better: less loss, or more accuracy where the agent is run. Default 0.</summary>
    public double MinimumGain { get; init; }

    internal void Validate()
    {
        OptionCheck.AtLeast(Every, 1, "Evaluation.Every");
        OptionCheck.AtLeast(Patience, 0, "Evaluation.Patience");
        OptionCheck.AtLeast(MinimumGain, 0, "Evaluation.MinimumGain");
    }
}
