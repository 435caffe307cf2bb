namespace Pixelis.Generation.Sampling;

/// <summary>A drawn token.</summary>
/// <param name="Id">Token id.</param>
/// <param name="LogProbability">Natural logarithm of its probability under the model: temperature 1, all tokens, no penalty.</param>
internal readonly record struct SampledToken(int Id, float LogProbability);
