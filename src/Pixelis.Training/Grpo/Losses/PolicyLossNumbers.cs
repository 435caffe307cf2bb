namespace Pixelis.Training.Grpo;

/// <summary>
/// What a policy loss measured, in a form that adds: the numbers of a step are the sum of those of its micro batches. Means are over counted
/// tokens unless said otherwise, and 0 without any.
/// </summary>
public sealed record PolicyLossNumbers
{
    /// <summary>Nothing measured yet.</summary>
    public static PolicyLossNumbers None { get; } = new();

    /// <summary>Part of the step's loss: policy term, KL and entropy bonus together.</summary>
    public double Loss { get; init; }

    /// <summary>The policy term alone.</summary>
    public double PolicyLoss { get; init; }

    /// <summary>The KL term with its coefficient.</summary>
    public double KlLoss { get; init; }

    /// <summary>The entropy bonus with its coefficient, as it is subtracted.</summary>
    public double EntropyBonus { get; init; }

    /// <summary>Counted tokens.</summary>
    public long Tokens { get; init; }

    /// <summary>Sequences with counted tokens.</summary>
    public int Sequences { get; init; }

    /// <summary>Divergence from the reference in nats, by the options' form.</summary>
    public double Kl => Mean(KlSum);

    /// <summary>Divergence from the policy before the batch's first step, by k1: the mean of log π_old - log π.</summary>
    public double PolicyKl => Mean(PolicyKlSum);

    /// <summary>Entropy in nats.</summary>
    public double Entropy => Mean(EntropySum);

    /// <summary>Mean ratio π / π_old.</summary>
    public double Ratio => Mean(RatioSum);

    /// <summary>Largest ratio.</summary>
    public double RatioMax { get; init; }

    /// <summary>Share of tokens held back by the lower bound.</summary>
    public double ClippedLow => Mean(ClippedLowCount);

    /// <summary>Share of tokens held back by the upper bound.</summary>
    public double ClippedHigh => Mean(ClippedHighCount);

    /// <summary>Share of tokens held back by the dual clip.</summary>
    public double ClippedDual => Mean(ClippedDualCount);

    /// <summary>
    /// Mean of |log π_train - log π_sample| at the recorded tokens, with the old log-probabilities where there are some and those of now
    /// elsewhere: on fresh samples this is what sampling and training compute differently.
    /// </summary>
    public double SamplerGap => Mean(SamplerGapSum);

    /// <summary>The largest such gap.</summary>
    public double SamplerGapMax { get; init; }

    /// <summary>Mean weight of the off-policy correction after its cap.</summary>
    public double Correction => Mean(CorrectionSum);

    /// <summary>Share of tokens whose correction met the cap.</summary>
    public double Capped => Mean(CappedCount);

    internal double KlSum { get; init; }

    internal double PolicyKlSum { get; init; }

    internal double EntropySum { get; init; }

    internal double RatioSum { get; init; }

    internal double ClippedLowCount { get; init; }

    internal double ClippedHighCount { get; init; }

    internal double ClippedDualCount { get; init; }

    internal double SamplerGapSum { get; init; }

    internal double CorrectionSum { get; init; }

    internal double CappedCount { get; init; }

    /// <summary>The numbers of both parts together.</summary>
    public static PolicyLossNumbers operator +(PolicyLossNumbers left, PolicyLossNumbers right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return left.Add(right);
    }

    /// <summary>The numbers of both parts together.</summary>
    public PolicyLossNumbers Add(PolicyLossNumbers other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new PolicyLossNumbers
        {
            Loss = Loss + other.Loss,
            PolicyLoss = PolicyLoss + other.PolicyLoss,
            KlLoss = KlLoss + other.KlLoss,
            EntropyBonus = EntropyBonus + other.EntropyBonus,
            Tokens = Tokens + other.Tokens,
            Sequences = Sequences + other.Sequences,
            RatioMax = Math.Max(RatioMax, other.RatioMax),
            SamplerGapMax = Math.Max(SamplerGapMax, other.SamplerGapMax),
            KlSum = KlSum + other.KlSum,
            PolicyKlSum = PolicyKlSum + other.PolicyKlSum,
            EntropySum = EntropySum + other.EntropySum,
            RatioSum = RatioSum + other.RatioSum,
            ClippedLowCount = ClippedLowCount + other.ClippedLowCount,
            ClippedHighCount = ClippedHighCount + other.ClippedHighCount,
            ClippedDualCount = ClippedDualCount + other.ClippedDualCount,
            SamplerGapSum = SamplerGapSum + other.SamplerGapSum,
            CorrectionSum = CorrectionSum + other.CorrectionSum,
            CappedCount = CappedCount + other.CappedCount,
        };
    }

    private double Mean(double sum) => Tokens == 0 ? 0 : sum / Tokens;
}
