namespace Pixelis.Generation.Logits;

/// <summary>
/// Changes one row of logits before a token is drawn from it; a masked token has minus infinity. At least one token stays unmasked.
/// </summary>
internal interface ILogitsProcessor
{
    /// <summary>Changes <paramref name="logits"/> (one value a token of the vocabulary) in place.</summary>
    void Process(Span<float> logits, TokenHistory history);
}
