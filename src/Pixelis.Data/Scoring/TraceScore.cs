namespace Pixelis.Data;

/// <summary>What a scorer says of a trace.</summary>
/// <param name="Quality">1 (poor) to 5 (good).</param>
/// <param name="Difficulty">0 (easy) to 1 (hard).</param>
/// <param name="Remarks">What cost quality; empty when nothing did.</param>
public sealed record TraceScore(double Quality, double Difficulty, IReadOnlyList<string> Remarks);
