using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Grpo;

public class PolicyLossTests(ITestOutputHelper output)
{
    // Ratios 1.5, 0.5 with A = 1; 0.5 with A = -1. Log-probabilities now: -1, -2, -0.5.
    private static readonly LossCase ByHand = new()
    {
        Lengths = [2, 1],
        Advantages = [1, -1],
        Now = [-1, -2, -0.5],
        Old = [-1 - Math.Log(1.5), -2 - Math.Log(0.5), -0.5 - Math.Log(0.5)],
        Behavior = [-1 - Math.Log(3), -2 - Math.Log(0.5), -0.5 - Math.Log(2)], // π_old / π_sampled: 2, 1, 4
        Reference = [-1 - Math.Log(2), -2, -0.5],
        Entropies = [1, 2, 0.6],
    };

    public static TheoryData<string> Variants => [.. Options().Keys];

    [Theory]
    [InlineData(PolicyLossKind.Grpo, -0.045)] // mean of (-1.28 - 0.5) / 2 and 0.8
    [InlineData(PolicyLossKind.Bnpo, -0.98 / 3)] // (-1.28 - 0.5 + 0.8) / 3
    [InlineData(PolicyLossKind.Dapo, -0.98 / 3)]
    [InlineData(PolicyLossKind.DrGrpo, -0.049)] // -0.98 / (2 * 10)
    [InlineData(PolicyLossKind.Gspo, -0.03301270189221933)] // mean of -sqrt(1.5 * 0.5) and 0.8
    [InlineData(PolicyLossKind.Cispo, 2.48 / 3)] // (1.28 * 1 + 0.8 * 2 - 0.8 * 0.5) / 3
    public void Every_kind_gives_what_was_worked_out_by_hand(PolicyLossKind kind, double expected)
    {
        PolicyLossNumbers numbers = ByHand.Compute(Of(kind)).Result.Numbers;
        Assert.Equal(expected, numbers.Loss, 1e-12);
        Assert.Equal(expected, numbers.PolicyLoss, 1e-12);
        Assert.Equal((3, 2), (numbers.Tokens, numbers.Sequences));
    }

    [Fact]
    public void Numbers_are_those_worked_out_by_hand()
    {
        PolicyLossOptions options = Of(PolicyLossKind.Dapo) with { Kl = new KlOptions { Coefficient = 0.1 }, EntropyCoefficient = 0.01, Correction = OffPolicyCorrection.TokenTruncate, CorrectionCap = 3 };
        PolicyLossNumbers n = ByHand.Compute(options).Result.Numbers;
        Assert.Equal(((2 * -1.28) - 0.5 + (3 * 0.8)) / 3, n.PolicyLoss, 1e-12); // corrected by 2, 1 and 4 cut to 3
        Assert.Equal(0.1 * (Math.Log(2) - 0.5) / 3, n.KlLoss, 1e-12); // k3 of log 2 at one token of three
        Assert.Equal((Math.Log(2) - 0.5) / 3, n.Kl, 1e-12);
        Assert.Equal(0.01 * 1.2, n.EntropyBonus, 1e-12);
        Assert.Equal(1.2, n.Entropy, 1e-12);
        Assert.Equal(n.PolicyLoss + n.KlLoss - n.EntropyBonus, n.Loss, 1e-12);
        Assert.Equal((1.5 + 0.5 + 0.5) / 3, n.Ratio, 1e-12);
        Assert.Equal(1.5, n.RatioMax, 1e-12);
        Assert.Equal(-Math.Log(1.5 * 0.5 * 0.5) / 3, n.PolicyKl, 1e-12);
        Assert.Equal((1.0 / 3, 1.0 / 3, 0.0), (n.ClippedLow, n.ClippedHigh, n.ClippedDual)); // the last token, the first token, none
        Assert.Equal((Math.Log(2) + Math.Log(4)) / 3, n.SamplerGap, 1e-12);
        Assert.Equal(Math.Log(4), n.SamplerGapMax, 1e-12);
        Assert.Equal((2 + 1 + 3) / 3.0, n.Correction, 1e-12);
        Assert.Equal(1.0 / 3, n.Capped, 1e-12);
    }

    [Theory]
    [InlineData(null, null, 5)] // A = -1, ratio 5: -min(-5, -1.28)
    [InlineData(3.0, null, 3)] // dual clip: at most 3 |A|
    [InlineData(null, 4.0, 4)] // delta: the ratio counts up to 4
    public void Large_ratios_with_a_negative_advantage_are_bounded_only_on_request(double? dual, double? delta, double expected)
    {
        LossCase runaway = ByHand with { Lengths = [1], Advantages = [-1], Now = [-1], Old = [-1 - Math.Log(5)], Behavior = [-1], Reference = [-1], Entropies = [0] };
        (PolicyLossResult result, double[] gradient) = runaway.Compute(Of(PolicyLossKind.Dapo) with { DualClip = dual, Delta = delta });
        Assert.Equal(expected, result.Numbers.Loss, 1e-12);
        Assert.Equal(dual is null && delta is null ? 5 : 0, gradient[0], 1e-12);
        Assert.Equal(dual is null ? 0 : 1, result.Numbers.ClippedDual);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Loss_and_gradient_agree_with_the_derivation(string variant)
    {
        PolicyLossOptions options = Options()[variant];
        double loss = 0, slope = 0, single = 0, largest = 0;
        for (int seed = 0; seed < 8; seed++)
        {
            LossCase c = LossCase.Random(seed, 3, 7, 1, 0, 5);
            (PolicyLossResult result, double[] gradient) = c.Compute(options);
            double[] differences = c.DeriveGradient(options);
            loss = Math.Max(loss, Math.Abs(c.Derive(options, c.Now) - result.Numbers.Loss));
            slope = Math.Max(slope, differences.Zip(gradient, (a, b) => Math.Abs(a - b)).Max());
            single = Math.Max(single, c.Compute(options, ScalarType.Float32).Gradient.Zip(gradient, (a, b) => Math.Abs(a - b)).Max());
            largest = Math.Max(largest, gradient.Max(Math.Abs));
        }

        output.WriteLine($"{variant}: loss {loss:E1}, gradient by finite differences {slope:E1}, float32 against float64 {single:E1}");
        Assert.InRange(loss, 0, 1e-13);
        Assert.InRange(slope, 0, 1e-8);
        Assert.InRange(single, 0, 1e-6);
        Assert.InRange(largest, 0.01, 1); // there was something to agree on
    }

    [Theory]
    [InlineData(PolicyLossKind.Grpo)]
    [InlineData(PolicyLossKind.Dapo)]
    [InlineData(PolicyLossKind.DrGrpo)]
    [InlineData(PolicyLossKind.Gspo)]
    [InlineData(PolicyLossKind.Cispo)]
    public void In_the_first_epoch_nothing_is_clipped_and_the_gradient_is_that_of_reinforce(PolicyLossKind kind)
    {
        LossCase c = LossCase.Random(3, 4, 2, 5);
        (PolicyLossResult result, double[] gradient) = (c with { Old = c.Now }).Compute(Of(kind) with { DualClip = kind == PolicyLossKind.Cispo ? null : 3 });
        PolicyLossNumbers n = result.Numbers;
        Assert.Equal((1.0, 1.0, 0.0, 0.0, 0.0), (n.Ratio, n.RatioMax, n.ClippedLow, n.ClippedHigh, n.ClippedDual));
        int token = 0;
        for (int row = 0; row < 3; row++)
        {
            double divisor = kind switch { PolicyLossKind.Grpo or PolicyLossKind.Gspo => 3 * c.Lengths[row], PolicyLossKind.DrGrpo => 3 * 10, _ => 11 };
            for (int t = 0; t < c.Lengths[row]; t++)
                Assert.Equal(-c.Advantages[row] / divisor, gradient[token++], 1e-12);
        }
    }

    [Theory]
    [InlineData(PolicyLossKind.Grpo, -0.045)]
    [InlineData(PolicyLossKind.Gspo, -0.03301270189221933)]
    [InlineData(PolicyLossKind.Dapo, -0.98 / 3)]
    [InlineData(PolicyLossKind.DrGrpo, -0.98 / 40)] // a constant divisor counts every sequence: 4 * 10
    public void Empty_and_masked_sequences_take_no_part_in_means_over_sequences(PolicyLossKind kind, double expected)
    {
        LossCase c = ByHand with { Lengths = [0, 2, 0, 1], Advantages = [3, 1, -3, -1] };
        PolicyLossNumbers numbers = c.Compute(Of(kind)).Result.Numbers;
        Assert.Equal(expected, numbers.Loss, 1e-12);
        Assert.Equal(2, numbers.Sequences);
    }

    [Fact]
    public void A_part_without_counted_tokens_has_the_loss_zero()
    {
        var nothing = new LossCase { Lengths = [0, 0], Advantages = [1, -1], Now = [], Old = [], Behavior = [], Reference = [], Entropies = [] };
        foreach (PolicyLossOptions options in Options().Values)
        {
            (PolicyLossResult result, double[] gradient) = nothing.Compute(options);
            Assert.True(result.IsFinite);
            Assert.Equal((0.0, 0.0, 0L), (result.Numbers.Loss, result.Numbers.Kl, result.Numbers.Tokens));
            Assert.Empty(gradient);
        }
    }

    [Fact]
    public void Without_old_log_probabilities_the_recorded_ones_are_the_denominator()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        LossCase swapped = ByHand with { Old = ByHand.Behavior };
        PolicyTokens tokens = ByHand.Tokens(torch.tensor(ByHand.Now), ScalarType.Float64) with { OldLogProbs = null };
        PolicyLossNumbers numbers = PolicyLoss.Of(tokens, BatchTotals.Of(ByHand.Lengths), Of(PolicyLossKind.Dapo)).Numbers;
        Assert.Equal(swapped.Compute(Of(PolicyLossKind.Dapo)).Result.Numbers.Loss, numbers.Loss, 1e-12);
    }

    [Fact]
    public void Processes_share_the_token_mean_and_keep_their_own_bnpo_mean()
    {
        // This process has 3 tokens, the other 9: averaged over two processes, a token weighs 1 / 6 here and 1 / 12 in the average.
        BatchTotals totals = BatchTotals.Of(ByHand.Lengths) with { Processes = 2, AllTokens = 12 };
        Assert.Equal(-0.98 / 6, ByHand.Compute(Of(PolicyLossKind.Dapo), totals: totals).Result.Numbers.Loss, 1e-12);
        Assert.Equal(-0.98 / 3, ByHand.Compute(Of(PolicyLossKind.Bnpo), totals: totals).Result.Numbers.Loss, 1e-12);
    }

    [Fact]
    public void A_controllers_coefficient_replaces_that_of_the_options()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        PolicyLossOptions options = Of(PolicyLossKind.Dapo) with { Kl = new KlOptions { Coefficient = 0.1 } };
        PolicyTokens tokens = ByHand.Tokens(torch.tensor(ByHand.Now), ScalarType.Float64);
        PolicyLossNumbers numbers = PolicyLoss.Of(tokens, BatchTotals.Of(ByHand.Lengths), options, klCoefficient: 0.3).Numbers;
        Assert.Equal(0.3 * (Math.Log(2) - 0.5) / 3, numbers.KlLoss, 1e-12);
    }

    private static PolicyLossOptions Of(PolicyLossKind kind) => new() { Kind = kind, MaxCompletionLength = 10 };

    private static Dictionary<string, PolicyLossOptions> Options()
    {
        var options = Enum.GetValues<PolicyLossKind>().ToDictionary(kind => kind.ToString(), Of);
        foreach (PolicyLossKind kind in Enum.GetValues<PolicyLossKind>())
            options.Add($"{kind} with all terms", Of(kind) with { Kl = new KlOptions { Form = KlForm.K3, Coefficient = 0.3 }, EntropyCoefficient = 0.05, Correction = OffPolicyCorrection.TokenTruncate, CorrectionCap = 1.5 });
        foreach (KlForm form in Enum.GetValues<KlForm>())
            options.Add($"KL {form}", Of(PolicyLossKind.Grpo) with { Kl = new KlOptions { Form = form, Coefficient = 0.5 } });
        foreach (OffPolicyCorrection correction in Enum.GetValues<OffPolicyCorrection>())
            options.Add($"correction {correction}", Of(PolicyLossKind.Dapo) with { Correction = correction, CorrectionCap = 1.5 });
        options.Add("dual clip", Of(PolicyLossKind.Dapo) with { DualClip = 1.5 });
        options.Add("delta", Of(PolicyLossKind.Dapo) with { Delta = 1.6 });
        options.Add("Gspo, narrow", Of(PolicyLossKind.Gspo) with { EpsilonLow = 0.05, EpsilonHigh = 0.06, DualClip = 1.2 });
        options.Add("Cispo, one-sided", Of(PolicyLossKind.Cispo) with { EpsilonLow = 1, EpsilonHigh = 0.4 });
        return options;
    }
}
