using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using TorchSharp;
using TorchSharp.Modules;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Grpo;

/// <summary>What a model without attention cannot show: packing, states, and an adapter in every layer.</summary>
public sealed class QwenPolicyTests(ITestOutputHelper output) : IDisposable
{
    private readonly QwenModel _model = QwenModel.Initialize(Config, seed: 3, standardDeviation: 0.3);

    private static QwenConfig Config { get; } = new()
    {
        Architecture = QwenArchitecture.Qwen3,
        Text = new QwenTextConfig
        {
            VocabularySize = 128,
            HiddenSize = 32,
            IntermediateSize = 48,
            LayerCount = 2,
            HeadCount = 4,
            KeyValueHeadCount = 2,
            HeadSize = 16,
            NormEpsilon = 1e-6,
            RopeTheta = 10000,
            RopeSections = [],
            ContextLength = 256,
            TiesEmbeddings = true,
            HasQueryKeyValueBias = false,
            NormalizesQueryAndKey = true,
        },
        EndOfTurnTokenIds = [']'],
        PaddingTokenId = 0,
    };

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Scores_and_states_are_the_same_alone_side_by_side_and_packed()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        PreparedConversation[] conversations = [PolicyCases.Episode("question", "abc", "result", "de"), PolicyCases.Silent(), PolicyCases.Episode("q", "x", "", "y")];
        IReadOnlyList<int>[] at = [[3, 12], [4], []];
        TokenScores[] alone = [.. conversations.Select((c, i) => new TokenScorer(_model, 0).Score([c], [at[i]])[0])];
        foreach (bool packing in new[] { false, true })
        {
            IReadOnlyList<TokenScores> scores = new TokenScorer(_model, 0, new TokenScoringOptions { Packing = packing }).Score(conversations, at);
            for (int i = 0; i < alone.Length; i++)
            {
                Near(alone[i].LogProbs, scores[i].LogProbs);
                Near([.. alone[i].States.SelectMany(s => s)], [.. scores[i].States.SelectMany(s => s)]);
            }
        }

        using IDisposable noGrad = torch.no_grad();
        Tensor ids = torch.tensor(conversations[0].TokenIds.Select(id => (long)id).ToArray(), [1, conversations[0].Length]);
        Tensor states = _model.Forward(new ModelInputs { InputIds = ids }).LastHiddenState;
        Near(states[0, 12].data<float>().ToArray(), alone[0].States[1]);
    }

    [Theory]
    [InlineData(PolicyLossKind.Grpo)]
    [InlineData(PolicyLossKind.Dapo)]
    [InlineData(PolicyLossKind.Gspo)]
    public void Packed_micro_batches_of_an_adapter_give_the_gradient_of_one_batch(PolicyLossKind kind)
    {
        using AdapterSet adapters = NewAdapter(trained: true);
        PolicySequence[] sequences = PolicyCases.Sequences(_model, 4);
        float[] whole = Gradient(adapters, kind, [sequences], packing: false), cut = Gradient(adapters, kind, sequences.Chunk(2), packing: true);
        double distance = whole.Zip(cut, (a, b) => (double)Math.Abs(a - b)).Max();
        output.WriteLine($"{kind}: {distance:E1} where the largest element is {whole.Max(Math.Abs):E1}");
        Assert.InRange(distance, 0, 1e-6);
        Assert.InRange(whole.Max(Math.Abs), 0.05, 100);
    }

    [Theory]
    [InlineData(false, ReferenceAnchor.AdapterOff)]
    [InlineData(true, ReferenceAnchor.FrozenAdapter)]
    public void The_reference_stays_while_the_adapter_moves(bool trained, ReferenceAnchor anchor)
    {
        using AdapterSet adapters = NewAdapter(trained);
        var scorer = new TokenScorer(_model, 0, adapters: adapters);
        PreparedConversation[] conversation = [PolicyCases.Episode("q", "abc", "r", "de")];
        IReadOnlyList<float> begun = scorer.Score(conversation)[0].LogProbs;
        using ReferencePolicy reference = ReferencePolicy.For(_model, adapters);
        Assert.Equal(anchor, reference.Anchor);
        Move(adapters);
        IReadOnlyList<float> moved = scorer.Score(conversation)[0].LogProbs;
        using (reference.Use())
            Near(begun, scorer.Score(conversation)[0].LogProbs);
        Assert.Equal(moved, scorer.Score(conversation)[0].LogProbs);
        Assert.InRange(begun.Zip(moved, (a, b) => Math.Abs(a - b)).Max(), 1e-3, 100);
    }

    private AdapterSet NewAdapter(bool trained)
    {
        var adapters = new AdapterSet(_model);
        adapters.Add("policy", new LoraOptions { Rank = 2, Alpha = 4 }, seed: 5);
        if (trained)
            Move(adapters);
        return adapters;
    }

    private static void Move(AdapterSet adapters)
    {
        using IDisposable noGrad = torch.no_grad();
        torch.manual_seed(6);
        foreach (LoraLinear layer in adapters.Layers("policy").Values)
            layer.B.add_(torch.randn(layer.B.shape) * 0.05);
    }

    private float[] Gradient(AdapterSet adapters, PolicyLossKind kind, IEnumerable<IReadOnlyList<PolicySequence>> parts, bool packing)
    {
        IReadOnlyList<PolicySequence>[] all = [.. parts];
        Parameter[] parameters = [.. adapters.NamedParameters("policy").Select(p => p.Parameter)];
        foreach (Parameter parameter in parameters)
            parameter.grad?.zero_();
        foreach (IReadOnlyList<PolicySequence> part in all)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            PreparedConversation[] conversations = [.. part.Select(s => s.Conversation)];
            float[][] weights = [.. part.Select(s => s.Weights)];
            using ConversationBatch batch = packing ? ConversationCollator.Pack(conversations, weights) : ConversationCollator.Collate(conversations, weights, 0);
            (Tensor logProbs, Tensor entropies) = TargetLoss.WithEntropies(_model, batch, entropyGradients: true);
            PolicyLoss.Of(PolicyTokens.Of(part, logProbs, entropies), BatchTotals.Of([.. all.SelectMany(p => p)]), PolicyCases.Everything(kind)).Loss.backward();
        }

        return [.. parameters.SelectMany(p => p.grad!.data<float>().ToArray())];
    }

    private static void Near(IReadOnlyList<float> expected, IReadOnlyList<float> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
            Assert.Equal(expected[i], actual[i], 2e-5f);
    }
}
