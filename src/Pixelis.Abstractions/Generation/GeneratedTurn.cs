namespace Pixelis.Generation;

/// <summary>A finished turn.</summary>
/// <param name="TokenIds">Every generated token, the ending one included.</param>
/// <param name="LogProbabilities">One natural logarithm a token (see <see cref="GeneratedToken.LogProbability"/>).</param>
/// <param name="Text">The decoded text without special tokens and without a stop string.</param>
/// <param name="FinishReason">Why it ended.</param>
public sealed record GeneratedTurn(
    IReadOnlyList<int> TokenIds, IReadOnlyList<float> LogProbabilities, string Text, FinishReason FinishReason);
