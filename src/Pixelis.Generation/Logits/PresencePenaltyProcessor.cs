namespace Pixelis.Generation.Logits;

/// <summary>Subtracts a constant from the logits of tokens generated in this turn, however often they occurred.</summary>
internal sealed class PresencePenaltyProcessor(double penalty) : ILogitsProcessor
{
    private readonly float _penalty = (float)penalty;

    /// <inheritdoc />
    public void Process(Span<float> logits, TokenHistory history)
    {
        foreach (int token in history.Generated)
            logits[token] -= _penalty;
    }
}
