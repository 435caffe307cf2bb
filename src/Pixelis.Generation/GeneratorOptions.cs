namespace Pixelis.Generation;

/// <summary>How a <see cref="Generator"/> runs its model.</summary>
public sealed record GeneratorOptions
{
    /// <summary>
    /// Most tokens a sequence may hold, prompt and turn together; null (default) takes the model's context length, which is also the
    /// maximum.
    /// </summary>
    public int? ContextLength { get; init; }

    /// <summary>
    /// Most prompt tokens read in one forward pass; null (default) is 512 on a CPU and 4096 elsewhere. Cancellation is looked for
    /// between two
    /// passes. An image is never cut in two, so a pass with a larger image is larger.
    /// </summary>
    public int? PrefillTokens { get; init; }

    /// <summary>
    /// Most sequences that take a decoding step together, at least 1 (which turns batching off). Default 64. Sequences that are continued at
    /// the same time share a pass from token to token: they join and leave freely, and none is padded. In float32 on a CPU a sequence's
    /// tokens are the same in any company; elsewhere rounding may depend on it.
    /// </summary>
    public int MaxBatch { get; init; } = 64;

    /// <summary>
    /// Whether a sequence that begins with the same tokens and pictures as another one alive takes over what that one has read. Default true.
    /// </summary>
    public bool SharesPrompts { get; init; } = true;

    /// <summary>Tokens that end a turn; null (default) takes the model's.</summary>
    public IReadOnlyList<int>? EndOfTurnTokenIds { get; init; }
}
