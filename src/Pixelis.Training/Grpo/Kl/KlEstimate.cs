using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>The divergence of the policy from the reference at sampled tokens.</summary>
/// <remarks>
/// As in verl, k3 reads d within ±20 and is at most 10: one token that the reference finds impossible does not fill the whole loss.
/// </remarks>
public static class KlEstimate
{
    private const double WidestDifference = 20;
    private const double LargestValue = 10;

    /// <summary>The estimate of every token, with the gradient that its form has.</summary>
    /// <param name="logProbs">Under the policy, <c>float [N]</c>.</param>
    /// <param name="referenceLogProbs">Under the reference, <c>float [N]</c>, no gradient.</param>
    /// <param name="form">The estimator.</param>
    /// <returns><c>float [N]</c> in nats, in the dispose scope of the caller.</returns>
    public static Tensor Of(Tensor logProbs, Tensor referenceLogProbs, KlForm form)
    {
        ArgumentNullException.ThrowIfNull(logProbs);
        ArgumentNullException.ThrowIfNull(referenceLogProbs);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor d = logProbs - referenceLogProbs;
        return (form switch
        {
            KlForm.K1 => d,
            KlForm.K2 => K2(d),
            KlForm.K3 => K3(d),
            KlForm.K3WithK2Gradient => K3(d).detach() + (K2(d) - K2(d).detach()),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "A KL form was expected."),
        }).MoveToOuterDisposeScope();
    }

    /// <summary>The estimate of one token, in nats.</summary>
    /// <param name="logProb">Under the policy.</param>
    /// <param name="referenceLogProb">Under the reference.</param>
    /// <param name="form">The estimator.</param>
    public static double Of(double logProb, double referenceLogProb, KlForm form)
    {
        double d = logProb - referenceLogProb;
        double within = Math.Clamp(d, -WidestDifference, WidestDifference);
        return form switch
        {
            KlForm.K1 => d,
            KlForm.K2 => d * d / 2,
            KlForm.K3 or KlForm.K3WithK2Gradient => Math.Clamp(Math.Exp(-within) + within - 1, -LargestValue, LargestValue),
            _ => throw new ArgumentOutOfRangeException(nameof(form), form, "A KL form was expected."),
        };
    }

    /// <summary>What to subtract from a trajectory's reward: the coefficient times the sum of the estimates over its sampled tokens (verl's <c>use_kl_in_reward</c>).</summary>
    /// <param name="logProbs">Under the policy that sampled, one a sampled token.</param>
    /// <param name="referenceLogProbs">Under the reference, the same tokens.</param>
    /// <param name="form">The estimator.</param>
    /// <param name="coefficient">The controller's coefficient.</param>
    public static double Penalty(IReadOnlyList<float> logProbs, IReadOnlyList<float> referenceLogProbs, KlForm form, double coefficient)
    {
        ArgumentNullException.ThrowIfNull(logProbs);
        ArgumentNullException.ThrowIfNull(referenceLogProbs);
        if (logProbs.Count != referenceLogProbs.Count)
            throw new ArgumentException($"{logProbs.Count} log-probabilities of the policy and {referenceLogProbs.Count} of the reference; one a sampled token was expected of both.", nameof(referenceLogProbs));
        return coefficient * logProbs.Zip(referenceLogProbs, (policy, reference) => Of(policy, reference, form)).Sum();
    }

    private static Tensor K2(Tensor d) => d * d * 0.5;

    private static Tensor K3(Tensor d)
    {
        Tensor within = d.clamp(-WidestDifference, WidestDifference);
        return (within.neg().exp() + within - 1).clamp(-LargestValue, LargestValue);
    }
}
