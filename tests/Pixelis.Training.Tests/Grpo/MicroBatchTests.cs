using FsCheck;
using FsCheck.Fluent;
using Pixelis.Modeling;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using Xunit.Abstractions;

namespace Pixelis.Training.Tests.Grpo;

public class MicroBatchTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(PolicyLossKind.Grpo)]
    [InlineData(PolicyLossKind.Bnpo)]
    [InlineData(PolicyLossKind.DrGrpo)]
    [InlineData(PolicyLossKind.Dapo)]
    [InlineData(PolicyLossKind.Gspo)]
    [InlineData(PolicyLossKind.Cispo)]
    public void However_a_batch_is_cut_loss_and_gradient_are_those_of_the_whole(PolicyLossKind kind)
    {
        double gradient = 0, loss = 0;
        using var model = new BigramModel();
        Gen<(int, int[])> cases =
            from seed in Gen.Choose(0, 1000)
            from cuts in Gen.Choose(1, 6).ArrayOf(6)
            select (seed, cuts);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(25), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            PolicySequence[] sequences = PolicyCases.Sequences(model, c.Item1);
            PolicyLossOptions options = PolicyCases.Everything(kind);
            (PolicyLossNumbers whole, float[] expected) = PolicyCases.Step(model, options, [sequences]);
            (PolicyLossNumbers sum, float[] actual) = PolicyCases.Step(model, options, Cut(sequences, c.Item2));
            gradient = Math.Max(gradient, PolicyCases.Distance(expected, actual));
            loss = Math.Max(loss, Math.Abs(whole.Loss - sum.Loss) / Math.Max(1, Math.Abs(whole.Loss)));
            Assert.Equal((whole.Tokens, whole.Sequences, whole.RatioMax, whole.ClippedLow, whole.ClippedHigh), (sum.Tokens, sum.Sequences, sum.RatioMax, sum.ClippedLow, sum.ClippedHigh));
            Assert.Equal(whole.Kl, sum.Kl, 1e-6);
            Assert.Equal(whole.Entropy, sum.Entropy, 1e-5);
        }));
        output.WriteLine($"{kind}: gradient {gradient:E1} of the largest element, loss {loss:E1}");
        Assert.InRange(gradient, 0, 1e-6);
        Assert.InRange(loss, 0, 5e-6); // CISPO's is a sum of large terms of both signs; what counts is the gradient
    }

    [Fact]
    public void Injected_tokens_change_neither_loss_nor_gradient_of_what_was_sampled()
    {
        // The model looks one token back, so that the tool's words, the bracket apart, feed no sampled token: they must not matter at all.
        using var model = new BigramModel();
        Gen<(string, string)> cases =
            from first in Words()
            from second in Words()
            select (first, second);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(cases.ToArbitrary(), words =>
        {
            PolicyLossOptions options = PolicyCases.Everything(PolicyLossKind.Grpo);
            (PolicyLossNumbers one, float[] expected) = PolicyCases.Step(model, options, [[Sequence(words.Item1)]]);
            (PolicyLossNumbers other, float[] actual) = PolicyCases.Step(model, options, [[Sequence(words.Item2)]]);
            Assert.Equal(one, other);
            Assert.Equal(expected, actual);
            Assert.Equal(3 + 2, one.Tokens); // "ab]" and "c]"
        }));

        PolicySequence Sequence(string words)
        {
            PreparedConversation conversation = PolicyCases.Episode("q" + words, "ab", words, "c");
            // One number a token, as trajectories keep them: a wild one at injected tokens would show.
            float[] recorded = [.. conversation.Provenance.Select((p, i) => p == Pixelis.Generation.TokenProvenance.Sampled ? -4.5f : 100f + i)];
            PolicySequence sequence = PolicySequence.Of(conversation, recorded);
            return sequence with { Advantage = 1.5, OldLogProbs = [.. sequence.BehaviorLogProbs.Select(x => x + 0.1f)], ReferenceLogProbs = [.. sequence.BehaviorLogProbs.Select(x => x - 0.2f)] };
        }

        static Gen<string> Words() => Gen.Choose('a', 'z').Select(c => (char)c).ArrayOf().Select(chars => new string(chars));
    }

    [Fact]
    public void Only_tokens_that_predict_a_sampled_one_get_a_gradient()
    {
        using var model = new BigramModel();
        PreparedConversation conversation = PolicyCases.Episode("xyz", "ab", "uvw", "c");
        PolicySequence sequence = PolicySequence.Of(conversation, [.. conversation.TokenIds.Select(_ => -4.5f)]) with { Advantage = 1, ReferenceLogProbs = [-4, -4, -4, -4, -4], OldLogProbs = [-5, -5, -5, -5, -5] };
        _ = PolicyCases.Step(model, PolicyCases.Everything(PolicyLossKind.Dapo) with { EpsilonHigh = 1000 }, [[sequence]]);
        float[] rows = model.Embedding.grad!.abs().sum(1L).data<float>().ToArray();
        Assert.Equal(['[', 'a', 'b', 'c'], Enumerable.Range(0, BigramModel.Vocabulary).Where(v => rows[v] > 0).Select(v => (char)v));
    }

    private static IEnumerable<IReadOnlyList<PolicySequence>> Cut(PolicySequence[] sequences, int[] sizes)
    {
        int start = 0;
        for (int i = 0; start < sequences.Length; i++)
        {
            int size = sizes[i % sizes.Length];
            yield return sequences[start..Math.Min(start + size, sequences.Length)];
            start += size;
        }
    }
}
