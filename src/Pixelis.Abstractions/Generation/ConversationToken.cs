namespace Pixelis.Generation;

/// <summary>A token of a conversation and where it came from.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Provenance">Sampled by the model, or injected.</param>
/// <param name="LogProbability">Natural logarithm at sampling time; 0 for injected tokens.</param>
public readonly record struct ConversationToken(int Id, TokenProvenance Provenance, float LogProbability = 0);
