using Pixelis.Generation;

namespace Pixelis.Agents;

/// <summary>What an agent answered.</summary>
/// <param name="Text">The answer, without special tokens and stop strings.</param>
/// <param name="FinishReason">Why the model stopped; <see cref="FinishReason.Length"/> means the answer was cut off.</param>
/// <param name="Tokens">Every token of the conversation in order, each injected or sampled.</param>
public sealed record AgentAnswer(string Text, FinishReason FinishReason, IReadOnlyList<ConversationToken> Tokens);
