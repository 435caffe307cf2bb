namespace Pixelis.Online;

/// <summary>What all gates of a chain said.</summary>
/// <param name="Results">One for each gate, in order.</param>
public sealed record GateReport(IReadOnlyList<GateResult> Results)
{
    /// <summary>Whether every gate let it pass.</summary>
    public bool Passed => Results.All(r => r.Passed);

    /// <summary>The gates that did not, in order.</summary>
    public IReadOnlyList<GateResult> Blocked => [.. Results.Where(r => !r.Passed)];

    /// <summary>In words: every reason why not, or that all gates passed.</summary>
    public string Reason => Passed ? $"all {Results.Count} gates passed" : string.Join("; ", Blocked.Select(r => $"{r.Gate}: {r.Reason}"));
}
