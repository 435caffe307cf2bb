using Pixelis.Training;

namespace Pixelis.Online.Updates;

/// <summary>Weights that were found good, and where they come from. Immutable, as its folder is.</summary>
public sealed record PolicyVersion
{
    /// <summary>Its name, as trajectories record it: <c>v</c> and a number that is never used twice.</summary>
    public required string Id { get; init; }

    /// <summary>The version it was learnt from; null for the first.</summary>
    public string? Parent { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Numbers of the experiences that made it of its parent; those of its ancestors are theirs.</summary>
    public IReadOnlyList<long> Experiences { get; init; } = [];

    /// <summary>What was measured, by name: updates, divergence, the canary's accuracy.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();

    /// <summary>What it was made and measured with, by name.</summary>
    public IReadOnlyDictionary<string, string> Notes { get; init; } = new Dictionary<string, string>();

    /// <summary>The folder of its weights: an adapter in PEFT's form, or parameters.</summary>
    public required string WeightsFolder { get; init; }

    /// <summary>Reads the rank of its adapter; 0 where its weights are whole.</summary>
    /// <exception cref="PixelisException">The folder of its weights holds neither.</exception>
    internal int ReadLoraRank() => PolicyWeights.RankIn(WeightsFolder);
}
