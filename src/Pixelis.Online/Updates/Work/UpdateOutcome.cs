namespace Pixelis.Online.Updates;

/// <summary>What became of an update, in numbers.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Tasks">What was learnt from.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record UpdateOutcome(UpdateKind Kind, IReadOnlyList<UpdateTask> Tasks, string Reason)
{
    /// <summary>Number of the update, from 0; only those that were applied count.</summary>
    public long Number { get; init; }

    /// <summary>Learning rate.</summary>
    public double LearningRate { get; init; }

    /// <summary>Strength of the pull to the reference.</summary>
    public double KlCoefficient { get; init; }

    /// <summary>Divergence from the last good version after it, nats a token; null when it was not measured.</summary>
    public double? Kl { get; init; }

    /// <summary>What the objective measured; null when it failed.</summary>
    public UpdateMeasures? Measures { get; init; }

    /// <summary>Numbers of the experiences that were learnt from.</summary>
    public IReadOnlyList<long> Experiences => [.. Tasks.SelectMany(t => t.Experiences).Distinct().Order()];
}
