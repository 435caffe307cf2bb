namespace Pixelis.Training.Grpo;

/// <summary>What GRPO maximises: how rewards become advantages, which groups count, and the loss. The papers' choices are presets.</summary>
public sealed record GrpoObjective
{
    /// <summary>Rewards to advantages. Default the mean only.</summary>
    public AdvantageOptions Advantages { get; init; } = new();

    /// <summary>Groups whose rewards are all equal. Default: kept.</summary>
    public ZeroVariancePolicy ZeroVariance { get; init; } = ZeroVariancePolicy.Keep;

    /// <summary>A soft punishment of long completions; null (default) for none.</summary>
    public OverlongShaping? Overlong { get; init; }

    /// <summary>
    /// Whether completions that were cut off at a limit are masked: their reward says little about what they would have become. Default false.
    /// (<c>mask_truncated_completions</c> in TRL.)
    /// </summary>
    public bool MasksTruncated { get; init; }

    /// <summary>The loss.</summary>
    public PolicyLossOptions Loss { get; init; } = new();

    /// <summary>Pixel-Reasoner (Su et al., 2025), as released: mean only, token mean, clip 0.2 and 0.35, no KL, no entropy bonus, replay.</summary>
    public static GrpoObjective PixelReasoner { get; } = new()
    {
        ZeroVariance = ZeroVariancePolicy.Replay,
        Loss = new PolicyLossOptions { Kind = PolicyLossKind.Dapo, EpsilonLow = 0.2, EpsilonHigh = 0.35 },
    };

    /// <summary>GRPO as first published (DeepSeekMath, Shao et al., 2024): mean and deviation, mean over sequences, clip 0.2, k3 with 0.04 in the loss.</summary>
    public static GrpoObjective DeepSeekMath { get; } = new()
    {
        Advantages = new AdvantageOptions { Kind = AdvantageKind.MeanAndStd },
        Loss = new PolicyLossOptions { Kind = PolicyLossKind.Grpo, EpsilonLow = 0.2, EpsilonHigh = 0.2, Kl = new KlOptions { Form = KlForm.K3, Coefficient = 0.04 } },
    };

    /// <summary>DAPO (Yu et al., 2025): mean and deviation, token mean, clip-higher 0.28, no KL, dynamic sampling. Set <see cref="Overlong"/> to your lengths.</summary>
    public static GrpoObjective Dapo { get; } = new()
    {
        Advantages = new AdvantageOptions { Kind = AdvantageKind.MeanAndStd },
        ZeroVariance = ZeroVariancePolicy.Resample,
        Loss = new PolicyLossOptions { Kind = PolicyLossKind.Dapo, EpsilonLow = 0.2, EpsilonHigh = 0.28 },
    };

    /// <summary>GSPO (Zheng et al., 2025): mean and deviation, the sequence's ratio, clip 3e-4 and 4e-4, no KL.</summary>
    public static GrpoObjective Gspo { get; } = new()
    {
        Advantages = new AdvantageOptions { Kind = AdvantageKind.MeanAndStd },
        Loss = new PolicyLossOptions { Kind = PolicyLossKind.Gspo, EpsilonLow = 3e-4, EpsilonHigh = 4e-4, LogRatioClamp = 10 },
    };

    /// <summary>CISPO (MiniMax-M1, 2025): mean and deviation, ratios weigh up to 5 without a lower bound, no KL.</summary>
    public static GrpoObjective Cispo { get; } = new()
    {
        Advantages = new AdvantageOptions { Kind = AdvantageKind.MeanAndStd },
        Loss = new PolicyLossOptions { Kind = PolicyLossKind.Cispo, EpsilonLow = 1, EpsilonHigh = 4 },
    };

    /// <summary>Dr. GRPO (Liu et al., 2025): mean only, a constant divisor, clip 0.2, no KL.</summary>
    /// <param name="maxCompletionLength">Longest completion allowed, in tokens.</param>
    public static GrpoObjective DrGrpo(int maxCompletionLength) => new()
    {
        Loss = new PolicyLossOptions { Kind = PolicyLossKind.DrGrpo, EpsilonLow = 0.2, EpsilonHigh = 0.2, MaxCompletionLength = maxCompletionLength },
    };

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range or does not fit another; the message says what to do.</exception>
    public void Validate()
    {
        Advantages.Validate();
        Overlong?.Validate();
        Loss.Validate();
        if (Advantages.Kind == AdvantageKind.NormalizeThenSum && (Overlong is not null || Loss.Kl is { IsUsed: true, Placement: KlPlacement.Reward }))
            throw new PixelisException("NormalizeThenSum brings every term to one scale, so that the size of Overlong or of a KL in the reward would not matter; place the KL in the loss and mask what is cut off (MasksTruncated), or choose another kind of advantage.");
    }
}
