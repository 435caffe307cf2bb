namespace Pixelis.Evaluation;

/// <summary>A result: what was measured, under which settings, where. Its predictions stand in a file beside it.</summary>
public sealed record EvaluationReport
{
    /// <summary>The version written by this library.</summary>
    public const string CurrentSchema = "pixelis.evaluation/1";

    /// <summary>Format and version.</summary>
    public required string Schema { get; init; }

    /// <summary>What the score depends on.</summary>
    public required EvaluationSettings Settings { get; init; }

    /// <summary>Where it was made.</summary>
    public required EvaluationEnvironment Environment { get; init; }

    /// <summary>Examples that were to be asked.</summary>
    public required int Count { get; init; }

    /// <summary>Whether all of them were.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Examples that were left out because they cannot be used: what is wrong with each.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The scores; null while the run is not complete.</summary>
    public EvaluationScores? Scores { get; init; }
}
