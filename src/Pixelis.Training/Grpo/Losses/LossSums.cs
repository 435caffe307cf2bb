using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>Collects what is reported of a loss and reads it from the device at once.</summary>
internal sealed class LossSums(PolicyTokens tokens)
{
    private PolicySurrogate _surrogate;

    public Tensor? PolicyLoss { get; set; }

    public Tensor? KlLoss { get; set; }

    public Tensor? EntropyBonus { get; set; }

    public Tensor? Kl { get; set; }

    public Tensor? Correction { get; set; }

    public Tensor? Capped { get; set; }

    public void Note(PolicySurrogate surrogate) => _surrogate = surrogate;

    /// <summary>Reads everything. The loss is the finished one.</summary>
    public PolicyLossNumbers Read(Tensor loss)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor old = tokens.OldLogProbs ?? tokens.BehaviorLogProbs;
        Tensor gap = ((tokens.OldLogProbs ?? tokens.LogProbs) - tokens.BehaviorLogProbs).abs();
        Tensor?[] parts =
        [
            loss, PolicyLoss, KlLoss, EntropyBonus, _surrogate.Ratio.max(), gap.max(), Kl?.sum(), (old - tokens.LogProbs).sum(), tokens.Entropies?.sum(),
            _surrogate.Ratio.sum(), _surrogate.ClippedLow.sum(), _surrogate.ClippedHigh.sum(), _surrogate.ClippedDual.sum(), gap.sum(), Correction?.sum(), Capped?.sum(),
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
