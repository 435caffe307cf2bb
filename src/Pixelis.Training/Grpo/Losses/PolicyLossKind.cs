namespace Pixelis.Training.Grpo;

/// <summary>
/// What is maximised, and what it is a mean over. L is the clipped objective <c>min(ρA, clip(ρ, 1 - ε_low, 1 + ε_high)A)</c> with the ratio
/// ρ = π / π_old of a token, |o| the counted tokens of a sequence.
/// </summary>
public enum PolicyLossKind
{
    /// <summary>Mean over sequences of the mean of L over their tokens (Shao et al., 2024): a token of a long sequence counts less.</summary>
    Grpo,

    /// <summary>
    /// Mean of L over the tokens of this process's batch. TRL's <c>bnpo</c> takes the mean over each micro batch, so that its gradient depends on
    /// how the batch is cut; here a micro batch is a matter of memory alone.
    /// </summary>
    Bnpo,

    /// <summary>Sum of L over all tokens, divided by sequences times the longest completion allowed (Liu et al., 2025): no length decides a token's weight.</summary>
    DrGrpo,

    /// <summary>Mean of L over the tokens of the whole batch, all processes together (Yu et al., 2025): <c>token-mean</c>, what Pixel-Reasoner uses. The default.</summary>
    Dapo,

    /// <summary>
    /// The ratio is the sequence's, <c>exp(mean of log ρ)</c>, clipped as a whole; mean over sequences (Zheng et al., 2025). Needs ε near 3e-4.
    /// </summary>
    Gspo,

    /// <summary>
    /// <c>sg(clip(ρ)) A log π</c>, the mean of <see cref="Dapo"/>: clipping bounds a token's weight and silences none (MiniMax-M1, 2025).
    /// The bounds are 1 - ε_low and 1 + ε_high as in the paper and verl; TRL reads ε_high as the bound itself and has no lower one.
    /// </summary>
    Cispo,
}
