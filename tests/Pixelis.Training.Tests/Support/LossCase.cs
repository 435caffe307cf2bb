using Pixelis.Training.Grpo;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Support;

/// <summary>Sequences in float64, and their loss derived token by token in plain C#: the papers' sums, written as loops.</summary>
internal sealed record LossCase
{
    public required int[] Lengths { get; init; }

    public required double[] Advantages { get; init; }

    public required double[] Now { get; init; }

    public required double[] Old { get; init; }

    public required double[] Behavior { get; init; }

    public required double[] Reference { get; init; }

    public required double[] Entropies { get; init; }

    /// <summary>Random numbers: ratios from about 0.4 to 2.5, so that every bound is met.</summary>
    public static LossCase Random(int seed, params int[] lengths)
    {
        var random = new Random(seed);
        int count = lengths.Sum();
        double[] now = Draw(count, -3, -0.05);
        return new LossCase
        {
            Lengths = lengths,
            Advantages = Draw(lengths.Length, -2, 2),
            Now = now,
            Old = [.. now.Zip(Draw(count, -0.9, 0.9), (a, b) => a + b)],
            Behavior = [.. now.Zip(Draw(count, -1.4, 1.4), (a, b) => a + b)],
            Reference = [.. now.Zip(Draw(count, -1, 1), (a, b) => a + b)],
            Entropies = Draw(count, 0.1, 3),
        };

        double[] Draw(int n, double low, double high) => [.. Enumerable.Range(0, n).Select(_ => low + (random.NextDouble() * (high - low)))];
    }

    /// <summary>The loss through the library, with gradients of the log-probabilities.</summary>
    public (PolicyLossResult Result, double[] Gradient) Compute(PolicyLossOptions options, ScalarType type = ScalarType.Float64, BatchTotals? totals = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor now = torch.tensor(Now, type).requires_grad_();
        PolicyLossResult result = PolicyLoss.Of(Tokens(now, type), totals ?? BatchTotals.Of(Lengths), options);
        result.Loss.backward();
        return (result, now.grad!.to(ScalarType.Float64).data<double>().ToArray());
    }

    public PolicyTokens Tokens(Tensor now, ScalarType type) => new()
    {
        LogProbs = now,
        OldLogProbs = torch.tensor(Old, type),
        BehaviorLogProbs = torch.tensor(Behavior, type),
        ReferenceLogProbs = torch.tensor(Reference, type),
        Entropies = torch.tensor(Entropies, type).requires_grad_(),
        Lengths = Lengths,
        Advantages = Advantages,
    };

    /// <summary>The derivation. What the objective holds constant (stop-gradient) is read from <see cref="Now"/>, what it varies from the argument.</summary>
    public double Derive(PolicyLossOptions o, double[] now)
    {
        double total = 0, entropies = 0;
        int tokens = Lengths.Sum(), counted = Lengths.Count(l => l > 0), start = 0;
        for (int row = 0; row < Lengths.Length; row++)
        {
            double sum = 0;
            for (int t = start; t < start + Lengths[row]; t++)
            {
                sum += Policy(o, now, row, start, t) * Weight(o, row, start, t);
                if (o.Kl.IsInLoss)
                    sum += o.Kl.Coefficient * Divergence(o.Kl.Form, now[t], Now[t], Reference[t]);
                entropies += Entropies[t];
            }

            if (Lengths[row] > 0)
            {
                total += o.Kind switch
                {
                    PolicyLossKind.Grpo or PolicyLossKind.Gspo => sum / Lengths[row] / counted,
                    PolicyLossKind.DrGrpo => sum / (Lengths.Length * o.MaxCompletionLength),
                    _ => sum / tokens,
                };
            }

            start += Lengths[row];
        }

        return total - (o.EntropyCoefficient * entropies / tokens);
    }

    /// <summary>Central differences of the derivation.</summary>
    public double[] DeriveGradient(PolicyLossOptions options)
    {
        const double step = 1e-6;
        return [.. Now.Select((_, i) => (Derive(options, Moved(i, step)) - Derive(options, Moved(i, -step))) / (2 * step))];

        double[] Moved(int i, double by) => [.. Now.Select((value, j) => i == j ? value + by : value)];
    }

    private double Policy(PolicyLossOptions o, double[] now, int row, int start, int t)
    {
        double a = Advantages[row], low = 1 - o.EpsilonLow, high = 1 + o.EpsilonHigh;
        if (o.Kind == PolicyLossKind.Cispo)
            return -Math.Min(Math.Max(Math.Exp(Now[t] - Old[t]), low), high) * a * now[t];
        double ratio = Math.Exp(now[t] - Old[t]);
        if (o.Kind == PolicyLossKind.Gspo)
        {
            double mean = 0;
            for (int i = start; i < start + Lengths[row]; i++)
                mean += (now[i] - Old[i]) / Lengths[row];
            ratio = Math.Exp(mean);
        }

        double clipped = Math.Min(Math.Max(ratio, low), high) * a, plain = Math.Min(ratio, o.Delta ?? double.MaxValue) * a;
        double loss = -Math.Min(plain, clipped);
        return o.DualClip is { } c && a < 0 ? Math.Min(loss, -c * a) : loss;
    }

    private double Weight(PolicyLossOptions o, int row, int start, int t)
    {
        double w = Math.Exp(Old[t] - Behavior[t]);
        if (o.Correction is OffPolicyCorrection.SequenceMask or OffPolicyCorrection.SequenceTruncate)
        {
            w = 1;
            for (int i = start; i < start + Lengths[row]; i++)
                w *= Math.Exp(Old[i] - Behavior[i]);
        }

        return o.Correction switch
        {
            OffPolicyCorrection.None => 1,
            OffPolicyCorrection.TokenTruncate or OffPolicyCorrection.SequenceTruncate => Math.Min(w, o.CorrectionCap),
            _ => w > o.CorrectionCap ? 0 : w,
        };
    }

    private static double Divergence(KlForm form, double now, double held, double reference) => form switch
    {
        KlForm.K1 => now - reference,
        KlForm.K2 => (now - reference) * (now - reference) / 2,
        KlForm.K3 => Math.Exp(reference - now) - (reference - now) - 1,
        _ => Math.Exp(reference - held) - (reference - held) - 1 + (((now - reference) * (now - reference)) - ((held - reference) * (held - reference))) / 2,
    };
}
