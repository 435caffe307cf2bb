namespace Pixelis.Online;

/// <summary>Gates in a row. All of them are asked, so that a report names every reason and not only the first. What a gate throws goes through.</summary>
internal sealed class GateChain
{
    /// <summary>Makes a chain.</summary>
    /// <param name="gates">The gates, each with a name of its own; with none everything passes.</param>
    /// <exception cref="ArgumentException">Two gates have one name.</exception>
    public GateChain(IReadOnlyList<IGate> gates)
    {
        ArgumentNullException.ThrowIfNull(gates);
        if (gates.GroupBy(g => g.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"Two gates have the name '{twice.Key}'.", nameof(gates));
        Gates = [.. gates];
    }

    /// <summary>Cold start, confidence, majority, novelty, rate and drift, with their defaults.</summary>
    public static GateChain Default { get; } =
        new([new ColdStart(), new ConfidenceGate(), new MajorityGate(), new NoveltyGate(), new RateGate(), new DriftGate()]);

    /// <summary>The gates.</summary>
    public IReadOnlyList<IGate> Gates { get; }

    /// <summary>Asks all of them.</summary>
    public GateReport Check(GateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new GateReport([.. Gates.Select(g => g.Check(input))]);
    }
}
