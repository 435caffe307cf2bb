namespace Pixelis.Data;

/// <summary>What a judge says of a trace.</summary>
/// <param name="Quality">1 to 5, the mean of all its scores; null when no reply held a score.</param>
/// <param name="Spread">Standard deviation of the scores; null for a single one.</param>
/// <param name="IsInconsistent">Whether the spread is above the limit.</param>
public sealed record JudgeResult(double? Quality, double? Spread, bool IsInconsistent);
