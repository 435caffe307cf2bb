namespace Pixelis.Generation;

/// <summary>One sequence of a batch.</summary>
/// <param name="Prompt">What the model reads.</param>
/// <param name="Options">How it continues.</param>
public sealed record GenerationRequest(Prompt Prompt, GenerationOptions Options);
