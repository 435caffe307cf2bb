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

    /// <summary>Tokens that end a turn; null (default) takes the model's.</summary>
    public IReadOnlyList<int>? EndOfTurnTokenIds { get; init; }
}
