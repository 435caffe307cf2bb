namespace Pixelis.Generation.Logits;

/// <summary>
/// Divides positive and multiplies negative logits of seen tokens by the penalty (Keskar et al., CTRL, arXiv:1909.05858, section 4.1,
/// in the sign-aware form that every implementation uses).
/// </summary>
internal sealed class RepetitionPenaltyProcessor(double penalty) : ILogitsProcessor
{
    private readonly float _penalty = (float)penalty;

    /// <inheritdoc />
    public void Process(Span<float> logits, TokenHistory history)
    {
        foreach (int token in history.Seen)
        {
            if ((uint)token < (uint)logits.Length)
                logits[token] = logits[token] < 0 ? logits[token] * _penalty : logits[token] / _penalty;
        }
    }
}
