using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>What a loss was made of, per token and summed: what is reported of it is read from the device at once.</summary>
/// <param name="Surrogate">The policy term.</param>
/// <param name="Policy">The policy term corrected, weighted and summed.</param>
internal sealed record LossTerms(PolicySurrogate Surrogate, Tensor Policy)
{
    /// <summary>Correction of each token and where it met the cap; null without one.</summary>
    public (Tensor Weights, Tensor Capped)? Correction { get; init; }

    /// <summary>Divergence from the reference at each token; null without one.</summary>
    public Tensor? Kl { get; init; }

    /// <summary>That with its coefficient, weighted and summed; null where it does not count.</summary>
    public Tensor? KlLoss { get; init; }

    /// <summary>The entropy bonus; null without one.</summary>
    public Tensor? EntropyBonus { get; init; }

    /// <summary>Their sum.</summary>
    public Tensor Total()
    {
        Tensor loss = KlLoss is null ? Policy : Policy + KlLoss;
        return EntropyBonus is null ? loss : loss - EntropyBonus;
    }

    /// <summary>Reads the numbers.</summary>
    public PolicyLossNumbers Read(Tensor loss, PolicyTokens tokens)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor old = tokens.OldLogProbs ?? tokens.BehaviorLogProbs;
        Tensor gap = ((tokens.OldLogProbs ?? tokens.LogProbs) - tokens.BehaviorLogProbs).abs();
        Tensor?[] parts =
        [
            loss, Policy, KlLoss, EntropyBonus, Surrogate.Ratio.max(), gap.max(), Kl?.sum(), (old - tokens.LogProbs).sum(), tokens.Entropies?.sum(),
            Surrogate.Ratio.sum(), Surrogate.ClippedLow.sum(), Surrogate.ClippedHigh.sum(), Surrogate.ClippedDual.sum(), gap.sum(),
            Correction?.Weights.sum(), Correction?.Capped.sum(),
        ];
        Tensor zero = torch.zeros([], ScalarType.Float64, loss.device);
        double[] read = torch.stack(parts.Select(part => part?.to(ScalarType.Float64) ?? zero)).data<double>().ToArray();
        return new PolicyLossNumbers
        {
            Loss = read[0],
            PolicyLoss = read[1],
            KlLoss = read[2],
            EntropyBonus = read[3],
            RatioMax = read[4],
            SamplerGapMax = read[5],
            KlSum = read[6],
            PolicyKlSum = read[7],
            EntropySum = read[8],
            RatioSum = read[9],
            ClippedLowCount = read[10],
            ClippedHighCount = read[11],
            ClippedDualCount = read[12],
            SamplerGapSum = read[13],
            CorrectionSum = read[14],
            CappedCount = read[15],
            Tokens = tokens.LogProbs.numel(),
            Sequences = tokens.Lengths.Count(length => length > 0),
        };
    }
}
