namespace Pixelis.Training.Grpo;

/// <summary>How the rewards of a group become advantages. μ and σ are mean and standard deviation (n - 1) of the group's known rewards r.</summary>
public enum AdvantageKind
{
    /// <summary><c>r - μ</c>: Pixel-Reasoner and Dr. GRPO (Liu et al., 2025). A group's difficulty does not change the size of its steps.</summary>
    Mean,

    /// <summary><c>(r - μ) / (σ + ε)</c>: GRPO (Shao et al., 2024).</summary>
    MeanAndStd,

    /// <summary><c>r - mean of the others = (r - μ) n / (n - 1)</c>: RLOO (Ahmadian et al., 2024).</summary>
    LeaveOneOut,

    /// <summary>
    /// Each term is centred and scaled within its group, the weighted terms are summed, the sums are centred and scaled over the batch: GDPO
    /// (Liu et al., 2026), <c>normalize_then_sum</c> in TRL. A noisy term cannot drown the others.
    /// </summary>
    NormalizeThenSum,
}
