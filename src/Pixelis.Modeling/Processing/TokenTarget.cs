namespace Pixelis.Modeling;

/// <summary>A token of a batch that the model is to predict.</summary>
/// <param name="Conversation">Index of its conversation in the batch.</param>
/// <param name="Token">Index of the token in that conversation; at least 1, since nothing predicts the first.</param>
public readonly record struct TokenTarget(int Conversation, int Token);
