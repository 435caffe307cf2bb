namespace Pixelis.Training.Grpo;

/// <summary>The policy loss. Its presets are those of <see cref="GrpoObjective"/>.</summary>
public sealed record PolicyLossOptions
{
    /// <summary>What is maximised, and what it is a mean over. Default <see cref="PolicyLossKind.Dapo"/>.</summary>
    public PolicyLossKind Kind { get; init; } = PolicyLossKind.Dapo;

    /// <summary>ε below: ratios count down to 1 - ε. Default 0.2; 0 to 1, where 1 is no bound.</summary>
    public double EpsilonLow { get; init; } = 0.2;

    /// <summary>ε above: ratios count up to 1 + ε. Default 0.28, clip-higher of DAPO.</summary>
    public double EpsilonHigh { get; init; } = 0.28;

    /// <summary>
    /// Dual clip (Ye et al., 2020): where the advantage A is negative, the loss of a token is at most c|A| however large its ratio. Above 1;
    /// verl 3. Null (default): no bound.
    /// </summary>
    public double? DualClip { get; init; }

    /// <summary>Largest ratio on the unclipped side of the objective (INTELLECT-2, 2025; <c>delta</c> in TRL), above 1 + <see cref="EpsilonHigh"/>. Null (default): no bound.</summary>
    public double? Delta { get; init; }

    /// <summary>The pull towards the reference policy. Default none.</summary>
    public KlOptions Kl { get; init; } = new();

    /// <summary>
    /// Strength of the entropy bonus: that times the mean entropy of the batch's tokens, in nats, is subtracted from the loss. Default 0. The mean
    /// is over tokens whatever <see cref="Kind"/>, as in TRL, so that a coefficient means the same everywhere.
    /// </summary>
    public double EntropyCoefficient { get; init; }

    /// <summary>Correction of the policy term against the recorded log-probabilities. Default none.</summary>
    public OffPolicyCorrection Correction { get; init; } = OffPolicyCorrection.None;

    /// <summary>Cap of that correction, above 0. Default 3, as in TRL.</summary>
    public double CorrectionCap { get; init; } = 3;

    /// <summary>Log-ratios are read within ± this many nats (verl: 20; 10 for the mean of a sequence). Beyond, a ratio is constant. Default 20.</summary>
    public double LogRatioClamp { get; init; } = 20;

    /// <summary>Longest completion allowed in tokens: the divisor of <see cref="PolicyLossKind.DrGrpo"/>, which needs it. Default 0: not set.</summary>
    public int MaxCompletionLength { get; init; }

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range or does not fit another; the message says what to do.</exception>
    public void Validate()
    {
        OptionCheck.Within(EpsilonLow, 0, 1, nameof(EpsilonLow));
        OptionCheck.Positive(EpsilonHigh, nameof(EpsilonHigh));
        OptionCheck.AtLeast(EntropyCoefficient, 0, nameof(EntropyCoefficient));
        OptionCheck.Positive(CorrectionCap, nameof(CorrectionCap));
        OptionCheck.Positive(LogRatioClamp, nameof(LogRatioClamp));
        OptionCheck.AtLeast(MaxCompletionLength, 0, nameof(MaxCompletionLength));
        Kl.Validate();
        if (Kind == PolicyLossKind.Cispo && (DualClip ?? Delta) is not null)
            throw new PixelisException("DualClip and Delta bound a ratio that CISPO bounds already; leave them out, or choose another Kind.");
        if (DualClip is { } dual && !(dual > 1 && double.IsFinite(dual)))
            throw new PixelisException(FormattableString.Invariant($"DualClip is {dual}; a number above 1 was expected, for example 3. Leave it out for no bound."));
        if (Delta is { } delta && !(delta > 1 + EpsilonHigh && double.IsFinite(delta)))
            throw new PixelisException(FormattableString.Invariant($"Delta is {delta}; a number above 1 + EpsilonHigh = {1 + EpsilonHigh} was expected, since below it would undo the clipping. Leave it out for no bound."));
        if (Kind == PolicyLossKind.DrGrpo && MaxCompletionLength == 0)
            throw new PixelisException("DrGrpo divides by the longest completion allowed; set MaxCompletionLength to the token limit of your rollouts.");
    }
}
