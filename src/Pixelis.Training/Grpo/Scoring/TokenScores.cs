namespace Pixelis.Training.Grpo;

/// <summary>What a policy says about a conversation. Plain memory.</summary>
/// <param name="LogProbs">Log-probability of each sampled token, in order.</param>
/// <param name="Entropies">Entropy in nats of the distribution each was drawn from; null when not asked for.</param>
/// <param name="States">The last hidden state after each token asked for, in the order asked, each <c>[H]</c>.</param>
public sealed record TokenScores(IReadOnlyList<float> LogProbs, IReadOnlyList<float>? Entropies, IReadOnlyList<float[]> States);
