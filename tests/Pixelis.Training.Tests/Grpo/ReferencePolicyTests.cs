using Pixelis.Modeling;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Grpo;

public class ReferencePolicyTests
{
    private static readonly PreparedConversation Conversation = PolicyCases.Episode("q", "abc", "r", "de");

    [Fact]
    public void A_fresh_adapter_is_anchored_to_the_model_without_it()
    {
        using var model = new BigramModel();
        float[] bare = Score(model);
        using AdapterSet adapters = HeadAdapter.Of(model);
        using ReferencePolicy reference = ReferencePolicy.For(model, adapters);
        Assert.Equal(ReferenceAnchor.AdapterOff, reference.Anchor);
        HeadAdapter.Train(adapters, 0.4);
        Assert.Equal(bare, Under(reference, model));
        Assert.NotEqual(bare, Score(model));
    }

    [Fact]
    public void A_trained_adapter_is_anchored_to_a_frozen_copy_of_itself()
    {
        using var model = new BigramModel();
        float[] bare = Score(model);
        using AdapterSet adapters = HeadAdapter.Of(model, trained: true);
        float[] begun = Score(model);
        using ReferencePolicy reference = ReferencePolicy.For(model, adapters);
        Assert.Equal(ReferenceAnchor.FrozenAdapter, reference.Anchor);
        HeadAdapter.Train(adapters, 0.4);
        Assert.Equal(begun, Under(reference, model));
        Assert.NotEqual(bare, begun);
        Assert.Equal("policy", adapters.Active);
    }

    [Fact]
    public void Trained_weights_are_anchored_to_a_frozen_copy_of_themselves()
    {
        using var model = new BigramModel();
        float[] begun = Score(model);
        using ReferencePolicy reference = ReferencePolicy.For(model);
        Assert.Equal(ReferenceAnchor.FrozenWeights, reference.Anchor);
        using (torch.no_grad())
            model.Head.Weight.add_(0.1);
        float[] moved = Score(model);
        long revision = model.Head.Revision;
        Assert.Equal(begun, Under(reference, model));
        Assert.True(model.Head.Revision > revision); // those who keep outputs are told
        Assert.Equal(moved, Score(model));
        Assert.NotEqual(begun, moved);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Everything_is_back_bit_for_bit_even_after_a_failure(bool full)
    {
        using var model = new BigramModel();
        using AdapterSet? adapters = full ? null : HeadAdapter.Of(model, trained: true, dropout: 0.5);
        using ReferencePolicy reference = ReferencePolicy.For(model, adapters);
        Parameter[] trained = full ? [.. model.Module.parameters()] : [.. adapters!.NamedParameters("policy").Select(p => p.Parameter)];
        using (torch.no_grad())
        {
            foreach (Parameter parameter in trained)
                parameter.mul_(1.0000001).add_(1e-3);
        }

        if (adapters is not null)
            adapters.Training = true;
        byte[][] before = [.. trained.Select(p => p.bytes.ToArray())];
        float[] scores = Score(model, adapters);
        Assert.Throws<IOException>(FailUnderReference);
        Assert.Equal(before, trained.Select(p => p.bytes.ToArray()));
        Assert.Equal(scores, Score(model, adapters));
        Assert.Equal((adapters?.Active, adapters?.Training), full ? (null, null) : ("policy", true));
        Assert.All(trained, p => Assert.True(p.requires_grad));
        using (reference.Use())
        {
            // It can be used again, and twice at once is refused.
            Assert.Throws<InvalidOperationException>(reference.Use);
        }

        void FailUnderReference()
        {
            using IDisposable use = reference.Use();
            Assert.NotEqual(scores, Score(model, adapters));
            throw new IOException("lost");
        }
    }

    [Fact]
    public void The_frozen_copy_gets_no_gradient_and_leaves_with_the_reference()
    {
        using var model = new BigramModel();
        using AdapterSet adapters = HeadAdapter.Of(model, trained: true);
        ReferencePolicy reference = ReferencePolicy.For(model, adapters);
        string copy = Assert.Single(adapters.Names, name => name != "policy");
        Assert.All(adapters.NamedParameters(copy), p => Assert.False(p.Parameter.requires_grad));
        reference.Dispose();
        Assert.Equal(["policy"], adapters.Names);
        reference.Dispose();
    }

    [Fact]
    public void The_wrong_anchor_is_refused_with_what_would_be_wrong()
    {
        using var model = new BigramModel();
        using AdapterSet adapters = HeadAdapter.Of(model, trained: true);
        Assert.Contains("would be the model before that training", Refused(() => ReferencePolicy.For(model, adapters, ReferenceAnchor.AdapterOff)), StringComparison.Ordinal);
        Assert.Contains("Use FrozenAdapter", Refused(() => ReferencePolicy.For(model, adapters, ReferenceAnchor.FrozenWeights)), StringComparison.Ordinal);
        adapters.Activate(null);
        Assert.Contains("no active adapter", Refused(() => ReferencePolicy.For(model, adapters)), StringComparison.Ordinal);
        adapters.Activate("policy");
        adapters.Merge();
        Assert.Contains("unmerge it first", Refused(() => ReferencePolicy.For(model, adapters)), StringComparison.Ordinal);
        adapters.Unmerge();
        Assert.Contains("Hand over the adapter set", Refused(() => ReferencePolicy.For(model, null, ReferenceAnchor.AdapterOff)), StringComparison.Ordinal);
        Assert.Contains("asks for gradients", Refused(() => ReferencePolicy.For(model)), StringComparison.Ordinal); // adapters froze the weights

        static string Refused(Func<object> make) => Assert.Throws<PixelisException>(make).Message;
    }

    [Fact]
    public void Adapters_that_are_switched_off_or_merged_would_answer_for_the_wrong_policy()
    {
        using var model = new BigramModel();
        using AdapterSet adapters = HeadAdapter.Of(model, trained: true);
        using ReferencePolicy reference = ReferencePolicy.For(model, adapters);
        using (adapters.Suspend())
            Assert.Throws<InvalidOperationException>(reference.Use);
        adapters.Merge();
        Assert.Throws<InvalidOperationException>(reference.Use);
        adapters.Unmerge();
        reference.Use().Dispose();
    }

    [Fact]
    public void A_fingerprint_tells_an_anchor_that_moved()
    {
        using var model = new BigramModel();
        using AdapterSet adapters = HeadAdapter.Of(model, trained: true);
        string begun;
        using (ReferencePolicy reference = ReferencePolicy.For(model, adapters))
            begun = reference.Fingerprint;
        using (ReferencePolicy again = ReferencePolicy.For(model, adapters))
            Assert.Equal(begun, again.Fingerprint);
        HeadAdapter.Train(adapters, 0.1); // as if the run's checkpoint had been read first
        using ReferencePolicy wrong = ReferencePolicy.For(model, adapters);
        Assert.NotEqual(begun, wrong.Fingerprint);
        Assert.Matches("^FrozenAdapter [0-9a-f]{64}$", begun);
    }

    private static float[] Under(ReferencePolicy reference, BigramModel model)
    {
        using (reference.Use())
            return Score(model);
    }

    private static float[] Score(BigramModel model, AdapterSet? adapters = null) => [.. new TokenScorer(model, 0, adapters: adapters).Score([Conversation])[0].LogProbs];
}
