using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>The policy term of every token and what clipping did to it. All <c>[N]</c>, in the dispose scope they were made in.</summary>
/// <param name="Loss">Minus the objective, with gradients.</param>
/// <param name="Ratio">π / π_old of the token, or of its sequence for GSPO; no gradient.</param>
/// <param name="ClippedLow">Where the lower bound holds a token back: ratio below it and a negative advantage.</param>
/// <param name="ClippedHigh">Where the upper bound does: ratio above it and a positive advantage.</param>
/// <param name="ClippedDual">Where the dual clip does.</param>
internal readonly record struct PolicySurrogate(Tensor Loss, Tensor Ratio, Tensor ClippedLow, Tensor ClippedHigh, Tensor ClippedDual)
{
    /// <summary>Computes the term.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="layout">Which token belongs to which sequence, and the advantages.</param>
    /// <param name="options">The objective.</param>
    public static PolicySurrogate Of(PolicyTokens tokens, TokenLayout layout, PolicyLossOptions options)
    {
        Tensor logRatio = tokens.LogProbs - (tokens.OldLogProbs ?? tokens.BehaviorLogProbs);
        if (options.Kind == PolicyLossKind.Gspo)
            logRatio = layout.ToTokens(layout.SequenceMeans(logRatio)); // GSPO eq. 7: s = exp(mean log ρ)
        Tensor ratio = logRatio.clamp(-options.LogRatioClamp, options.LogRatioClamp).exp();
        Tensor advantages = layout.Advantages, held = ratio.detach();
        (double low, double high) = (1 - options.EpsilonLow, 1 + options.EpsilonHigh);
        Tensor negative = advantages.lt(0);
        Tensor dual = torch.zeros_like(negative);
        Tensor loss;
        if (options.Kind == PolicyLossKind.Cispo)
        {
            loss = (held.clamp(low, high) * advantages * tokens.LogProbs).neg();
        }
        else
        {
            Tensor bounded = options.Delta is { } delta ? ratio.clamp_max(delta) : ratio;
            loss = (bounded * advantages).minimum(ratio.clamp(low, high) * advantages).neg();
            if (options.DualClip is { } c)
            {
                Tensor most = advantages * -c;
                dual = negative.logical_and(loss.detach().gt(most));
                loss = torch.where(dual, most, loss);
            }
        }

        Tensor isLow = negative.logical_and(held.lt(low)), isHigh = advantages.gt(0).logical_and(held.gt(high));
        return new PolicySurrogate(loss, held, isLow, isHigh, dual);
    }
}
