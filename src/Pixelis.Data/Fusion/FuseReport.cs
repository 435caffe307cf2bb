namespace Pixelis.Data;

/// <summary>What fusing did.</summary>
/// <param name="Written">Traces written.</param>
/// <param name="Duplicates">Traces left out because one of the same name had been taken.</param>
/// <param name="Rejected">Traces left out by the manifest's filters.</param>
/// <param name="BySource">Traces taken of each source, in the manifest's order.</param>
public sealed record FuseReport(int Written, int Duplicates, int Rejected, IReadOnlyList<int> BySource);
