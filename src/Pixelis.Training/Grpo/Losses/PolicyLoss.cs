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

        LossTerms terms = Terms(tokens, totals, options, klCoefficient ?? options.Kl.Coefficient);
        Tensor loss = terms.Total();
        PolicyLossNumbers numbers = terms.Read(loss, tokens);
        return new PolicyLossResult(loss.MoveToOuterDisposeScope(), numbers, double.IsFinite(numbers.Loss) ? null : Fault(tokens));
    }

    private static LossTerms Terms(PolicyTokens tokens, BatchTotals totals, PolicyLossOptions options, double klCoefficient)
    {
        var layout = new TokenLayout(tokens, totals, options);
        PolicySurrogate surrogate = PolicySurrogate.Of(tokens, layout, options);
        (Tensor Weights, Tensor Capped)? correction = options.Correction == OffPolicyCorrection.None ? null : Correction(tokens, layout, options);
        Tensor perToken = correction is { } c ? surrogate.Loss * c.Weights : surrogate.Loss;
        Tensor? kl = tokens.ReferenceLogProbs is { } reference ? KlEstimate.Of(tokens.LogProbs, reference, options.Kl.Form) : null;
        return new LossTerms(surrogate, (perToken * layout.Weights).sum())
        {
            Correction = correction,
            Kl = kl,
            KlLoss = options.Kl.IsInLoss ? (kl! * layout.Weights).sum() * klCoefficient : null,
            EntropyBonus = options.EntropyCoefficient == 0 ? null : tokens.Entropies!.sum() * (options.EntropyCoefficient / totals.TokensPerProcess),
        };
    }

    private static (Tensor Weights, Tensor Capped) Correction(PolicyTokens tokens, TokenLayout layout, PolicyLossOptions options)
    {
        using IDisposable noGrad = torch.no_grad();
        Tensor gap = tokens.OldLogProbs! - tokens.BehaviorLogProbs;
        if (options.Correction is OffPolicyCorrection.SequenceTruncate or OffPolicyCorrection.SequenceMask)
            gap = layout.ToTokens(layout.SequenceSums(gap));
        Tensor weight = gap.clamp(-options.LogRatioClamp, options.LogRatioClamp).exp();
        Tensor above = weight.gt(options.CorrectionCap);
        bool masks = options.Correction is OffPolicyCorrection.TokenMask or OffPolicyCorrection.SequenceMask;
        return (masks ? weight.masked_fill(above, 0) : weight.clamp_max(options.CorrectionCap), above);
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
