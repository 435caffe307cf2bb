namespace Pixelis.Training.Grpo;

/// <summary>
/// How the policy term is corrected for what lies between the log-probabilities recorded at sampling and those that training computes for the
/// same weights (another engine, another precision, staleness): by w = π_old / π_sampled, a constant to the gradient (Yao et al., 2025; TRL).
/// </summary>
public enum OffPolicyCorrection
{
    /// <summary>None.</summary>
    None,

    /// <summary>Each token by its own w, at most the cap.</summary>
    TokenTruncate,

    /// <summary>Each token by its own w; tokens above the cap count 0.</summary>
    TokenMask,

    /// <summary>Each token by its sequence's w, the product over its tokens, at most the cap.</summary>
    SequenceTruncate,

    /// <summary>Each token by its sequence's w; sequences above the cap count 0. TRL's default.</summary>
    SequenceMask,
}
