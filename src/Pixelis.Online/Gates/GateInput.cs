namespace Pixelis.Online;

/// <summary>What is known of an answered request when it is decided whether to learn from it.</summary>
internal sealed record GateInput
{
    /// <summary>What the vote came to.</summary>
    public required ConsensusResult Consensus { get; init; }

    /// <summary>How many experiences the tenant has, at least 0.</summary>
    public required long Experiences { get; init; }

    /// <summary>Cosine of the nearest experience, -1 to 1; null when there is none.</summary>
    public double? Nearest { get; init; }

    /// <summary>Cosine of the nearest experience that was learnt from, -1 to 1; null when there is none.</summary>
    public double? NearestLearnt { get; init; }

    /// <summary>Updates begun in the last minute, at least 0 (<see cref="UpdateRate.InLastMinute"/>).</summary>
    public int UpdatesInLastMinute { get; init; }

    /// <summary>How far requests and answers have drifted (<see cref="DriftMonitor.Measure"/>); null where nobody watches.</summary>
    public DriftReading? Drift { get; init; }

    /// <summary>The same with the neighbours' nearness. One that has a label counts as learnt from.</summary>
    public GateInput WithNeighbors(IReadOnlyList<Neighbor> neighbors)
    {
        ArgumentNullException.ThrowIfNull(neighbors);
        return this with
        {
            Nearest = neighbors.Max(n => (double?)n.Similarity),
            NearestLearnt = neighbors.Where(n => n.Experience.Label is not null).Max(n => (double?)n.Similarity),
        };
    }
}
