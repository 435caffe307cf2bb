using Pixelis.Modeling;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Grpo;

public class PolicyLossBadInputTests
{
    private static readonly PolicyLossOptions Options = new() { Kl = new KlOptions { Coefficient = 0.1 } };

    [Theory]
    [InlineData(nameof(PolicyTokens.LogProbs))]
    [InlineData(nameof(PolicyTokens.OldLogProbs))]
    [InlineData(nameof(PolicyTokens.BehaviorLogProbs))]
    [InlineData(nameof(PolicyTokens.ReferenceLogProbs))]
    public void What_is_not_a_number_is_named_with_its_place(string name)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        LossCase c = LossCase.Random(1, 3, 0, 4);
        PolicyTokens tokens = c.Tokens(torch.tensor(c.Now), ScalarType.Float64);
        Tensor broken = torch.tensor(c.Now);
        broken[5] = double.NaN;
        tokens = name switch
        {
            nameof(PolicyTokens.LogProbs) => tokens with { LogProbs = broken },
            nameof(PolicyTokens.OldLogProbs) => tokens with { OldLogProbs = broken },
            nameof(PolicyTokens.BehaviorLogProbs) => tokens with { BehaviorLogProbs = broken },
            _ => tokens with { ReferenceLogProbs = broken },
        };
        PolicyLossOptions options = name == nameof(PolicyTokens.BehaviorLogProbs) ? Options with { Correction = OffPolicyCorrection.TokenTruncate } : Options;
        PolicyLossResult result = PolicyLoss.Of(tokens, BatchTotals.Of(c.Lengths), options);
        Assert.False(result.IsFinite);
        Assert.Equal($"{name} of token 5 (sequence 2 of this part) is NaN.", result.Fault);
    }

    [Fact]
    public void An_advantage_that_is_not_a_number_is_named()
    {
        (PolicyLossResult result, _) = (LossCase.Random(1, 3, 2) with { Advantages = [1, double.NaN] }).Compute(Options);
        Assert.Equal("The advantage of sequence 1 of this part is NaN.", result.Fault);
    }

    [Fact]
    public void Logits_that_are_not_numbers_cost_the_step_and_nothing_else()
    {
        using var model = new BigramModel();
        PolicySequence[] sequences = PolicyCases.Sequences(model, 1);
        PolicyLossOptions options = PolicyCases.Everything(PolicyLossKind.Dapo);
        (_, float[] before) = PolicyCases.Step(model, options, [sequences]);
        float kept = model.Embedding[(long)']', 0].item<float>();
        using (torch.no_grad())
            model.Embedding[(long)'['] = float.NaN;
        using DisposeScope scope = torch.NewDisposeScope();
        using ConversationBatch batch = ConversationCollator.Collate([sequences[0].Conversation], null, 0);
        (Tensor logProbs, Tensor entropies) = TargetLoss.WithEntropies(model, batch, entropyGradients: true);
        PolicyLossResult result = PolicyLoss.Of(PolicyTokens.Of([sequences[0]], logProbs, entropies), BatchTotals.Of(sequences), options);
        Assert.StartsWith("LogProbs of token 0 (sequence 0 of this part) is NaN", result.Fault, StringComparison.Ordinal);
        // Refused before backward: the gradients of the parts before are as they were, and no weight has moved.
        Assert.Equal(before, model.Module.parameters().SelectMany(p => p.grad!.data<float>().ToArray()));
        Assert.Equal(kept, model.Embedding[(long)']', 0].item<float>());
    }

    [Fact]
    public void Ratios_beyond_measure_stay_finite()
    {
        LossCase c = new() { Lengths = [2, 2], Advantages = [1, -1], Now = [-1, -80, -1, -80], Old = [-90, -1, -90, -1], Behavior = [-90, -1, -90, -1], Reference = [-90, -1, -90, -1], Entropies = [0, 0, 0, 0] };
        foreach (PolicyLossKind kind in Enum.GetValues<PolicyLossKind>())
        {
            (PolicyLossResult result, double[] gradient) = c.Compute(PolicyCases.Everything(kind), ScalarType.Float32);
            Assert.True(result.IsFinite);
            Assert.All(gradient, g => Assert.True(double.IsFinite(g)));
        }
    }

    [Fact]
    public void What_the_options_need_and_is_absent_is_asked_for()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        LossCase c = LossCase.Random(1, 2, 2);
        PolicyTokens tokens = c.Tokens(torch.tensor(c.Now, requires_grad: true), ScalarType.Float64);
        Assert.Contains("ReferencePolicy.Use", Refused(tokens with { ReferenceLogProbs = null }, Options), StringComparison.Ordinal);
        Assert.Contains("there are no OldLogProbs", Refused(tokens with { OldLogProbs = null }, Options with { Correction = OffPolicyCorrection.TokenMask }), StringComparison.Ordinal);
        PolicyLossOptions bonus = Options with { EntropyCoefficient = 0.1 };
        Assert.Contains("WithEntropies", Refused(tokens with { Entropies = null }, bonus), StringComparison.Ordinal);
        Assert.Contains("with gradients", Refused(tokens with { Entropies = tokens.Entropies!.detach() }, bonus), StringComparison.Ordinal);
        Assert.Contains("do not fit", Refused(tokens with { Lengths = [2, 1] }, Options), StringComparison.Ordinal);
        Assert.Contains("do not fit", Refused(tokens with { Advantages = [1] }, Options), StringComparison.Ordinal);
        Assert.Contains("OldLogProbs is Float64 [3]", Refused(tokens with { OldLogProbs = torch.tensor([1.0, 2, 3]) }, Options), StringComparison.Ordinal);

        static string Refused(PolicyTokens tokens, PolicyLossOptions options) =>
            Assert.Throws<ArgumentException>(() => PolicyLoss.Of(tokens, BatchTotals.Of([2, 2]), options)).Message;
    }

    [Fact]
    public void Sequences_whose_lists_do_not_fit_are_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        PreparedConversation conversation = PolicyCases.Episode("q", "ab", "r", "c"); // five sampled tokens
        Assert.Contains("Prepare it from the recorded token ids", Assert.Throws<ArgumentException>(() => PolicySequence.Of(conversation, [0f])).Message, StringComparison.Ordinal);
        PolicySequence whole = PolicySequence.Of(conversation, new float[conversation.Length]);
        PolicySequence scored = whole with { OldLogProbs = [1, 2, 3, 4, 5], ReferenceLogProbs = whole.BehaviorLogProbs };
        Tensor ten = torch.zeros(10);
        Assert.Contains("ReferenceLogProbs of a sequence with 5 sampled tokens has no values", Assert.Throws<ArgumentException>(() => PolicyTokens.Of([scored, whole], ten)).Message, StringComparison.Ordinal);
        Assert.Contains("has 1 values", Assert.Throws<ArgumentException>(() => PolicyTokens.Of([scored with { OldLogProbs = [1f] }], ten)).Message, StringComparison.Ordinal);
        // A replayed sequence has no old log-probabilities: the recorded ones stand for them.
        PolicyTokens mixed = PolicyTokens.Of([scored, scored with { OldLogProbs = null, BehaviorLogProbs = [6, 7, 8, 9, 10] }], ten);
        Assert.Equal([1f, 2, 3, 4, 5, 6, 7, 8, 9, 10], mixed.OldLogProbs!.data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Unworkable))]
    public void Settings_that_cannot_work_are_refused_with_what_to_do(PolicyLossOptions options, string message) =>
        Assert.Contains(message, Assert.Throws<PixelisException>(options.Validate).Message, StringComparison.Ordinal);

    public static TheoryData<PolicyLossOptions, string> Unworkable => new()
    {
        { new PolicyLossOptions { EpsilonLow = 1.5 }, "EpsilonLow is 1.5" },
        { new PolicyLossOptions { EpsilonHigh = 0 }, "EpsilonHigh is 0" },
        { new PolicyLossOptions { DualClip = 1 }, "a number above 1 was expected, for example 3" },
        { new PolicyLossOptions { Delta = 1.2 }, "1 + EpsilonHigh = 1.28" },
        { new PolicyLossOptions { Kind = PolicyLossKind.Cispo, DualClip = 3 }, "leave them out, or choose another Kind" },
        { new PolicyLossOptions { Kind = PolicyLossKind.DrGrpo }, "set MaxCompletionLength" },
        { new PolicyLossOptions { CorrectionCap = 0 }, "CorrectionCap is 0" },
        { new PolicyLossOptions { EntropyCoefficient = -1 }, "EntropyCoefficient is -1" },
        { new PolicyLossOptions { LogRatioClamp = double.NaN }, "LogRatioClamp is NaN" },
        { new PolicyLossOptions { Kl = new KlOptions { Target = 0.1 } }, "Kl.Target is set but Kl.Coefficient is 0" },
    };
}
