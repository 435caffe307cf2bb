using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>The losses of the GRPO family: pure functions of the tokens of a micro batch and the totals of its batch.</summary>
public static class PolicyLoss
{
    /// <summary>
    /// <c>Σ w (c ℓ + β kl) - η mean(H)</c> over the counted tokens: ℓ is the policy term of the options' kind, c the off-policy correction, kl the
    /// estimate against the reference, w the token's weight in the whole batch. KL is aggregated like the policy term and is not corrected, as
    /// in TRL; the entropy is a mean over the batch's tokens.
    /// </summary>
    /// <param name="tokens">The counted tokens.</param>
    /// <param name="totals">Of the step's whole batch, not of this part of it.</param>
    /// <param name="options">The loss; <see cref="PolicyLossOptions.Validate"/> is the caller's, once.</param>
    /// <param name="klCoefficient">β now; null takes that of the options. For an adaptive one ask <see cref="IKlController.Coefficient"/>.</param>
    /// <returns>The loss and its numbers. A part without a counted token has the loss 0.</returns>
    /// <exception cref="ArgumentException">Tensors that do not fit, or that the options need and are absent; the message says what to do.</exception>
    public static PolicyLossResult Of(PolicyTokens tokens, BatchTotals totals, PolicyLossOptions options, double? klCoefficient = null)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(totals);
        ArgumentNullException.ThrowIfNull(options);
        tokens.Check(options);
        using DisposeScope scope = torch.NewDisposeScope();
        if (tokens.LogProbs.numel() == 0)
            return new PolicyLossResult(tokens.LogProbs.sum().MoveToOuterDisposeScope(), PolicyLossNumbers.None, null);

        var layout = new TokenLayout(tokens, totals, options);
        var sums = new LossSums(tokens);
        PolicySurrogate surrogate = PolicySurrogate.Of(tokens, layout, options);
        sums.Note(surrogate);
        Tensor perToken = options.Correction == OffPolicyCorrection.None ? surrogate.Loss : surrogate.Loss * Correction(tokens, layout, options, sums);
        Tensor loss = (perToken * layout.Weights).sum();
        sums.PolicyLoss = loss;
        if (tokens.ReferenceLogProbs is { } reference)
        {
            Tensor kl = KlEstimate.Of(tokens.LogProbs, reference, options.Kl.Form);
            sums.Kl = kl;
            if (options.Kl.IsInLoss)
                loss = loss + (sums.KlLoss = (kl * layout.Weights).sum() * (klCoefficient ?? options.Kl.Coefficient));
        }

        if (options.EntropyCoefficient != 0)
            loss = loss - (sums.EntropyBonus = tokens.Entropies!.sum() * (options.EntropyCoefficient / totals.TokensPerProcess));
        PolicyLossNumbers numbers = sums.Read(loss);
        return new PolicyLossResult(loss.MoveToOuterDisposeScope(), numbers, double.IsFinite(numbers.Loss) ? null : Fault(tokens));
    }

    private static Tensor Correction(PolicyTokens tokens, TokenLayout layout, PolicyLossOptions options, LossSums sums)
    {
        using IDisposable noGrad = torch.no_grad();
        Tensor gap = tokens.OldLogProbs! - tokens.BehaviorLogProbs;
        if (options.Correction is OffPolicyCorrection.SequenceTruncate or OffPolicyCorrection.SequenceMask)
            gap = layout.ToTokens(layout.SequenceSums(gap));
        Tensor weight = gap.clamp(-options.LogRatioClamp, options.LogRatioClamp).exp();
        Tensor above = weight.gt(options.CorrectionCap);
        bool masks = options.Correction is OffPolicyCorrection.TokenMask or OffPolicyCorrection.SequenceMask;
        Tensor corrected = masks ? weight.masked_fill(above, 0) : weight.clamp_max(options.CorrectionCap);
        (sums.Correction, sums.Capped) = (corrected, above);
        return corrected;
    }

    private static string Fault(PolicyTokens tokens)
    {
        foreach ((string name, Tensor? values) in tokens.Named())
        {
            if (values is null)
                continue;
            using Tensor finite = values.isfinite();
            int token = finite.data<bool>().ToArray().AsSpan().IndexOf(false);
            if (token >= 0)
                return $"{name} of token {token} (sequence {SequenceOf(token, tokens.Lengths)} of this part) is {values[token].ToDouble()}.";
        }

        int advantage = tokens.Advantages.ToList().FindIndex(value => !double.IsFinite(value));
        return advantage >= 0
            ? $"The advantage of sequence {advantage} of this part is {tokens.Advantages[advantage]}."
            : "All inputs are finite but their loss is not: advantages, coefficients or ratios are too large.";
    }

    private static int SequenceOf(int token, IReadOnlyList<int> lengths)
    {
        int row = 0;
        for (int end = lengths[0]; end <= token; end += lengths[row])
            row++;
        return row;
    }
}
