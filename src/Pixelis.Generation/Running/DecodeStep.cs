using Pixelis.Modeling;

namespace Pixelis.Generation.Running;

/// <summary>A sequence that is being decoded, as the gatherer of steps sees it.</summary>
internal sealed class DecodeStep(KeyValueCache cache, float[] logits, string? promptKey)
{
    public KeyValueCache Cache { get; } = cache;

    /// <summary>Receives the logits that follow <see cref="Token"/>.</summary>
    public float[] Logits { get; } = logits;

    /// <summary>Names the prompt that the sequence may share with others; null for none.</summary>
    public string? PromptKey { get; } = promptKey;

    /// <summary>The token to read next.</summary>
    public long Token { get; set; }

    /// <summary>The gatherer's round in which the sequence last took a step.</summary>
    public long Round { get; set; } = -1;
}
