using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Training.Grpo;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Support;

/// <summary>Sampled conversations with tool turns, and the gradient of a step on them through a model.</summary>
internal static class PolicyCases
{
    /// <summary>An episode: a question, a call, what the tool returned, an answer. Calls and answers are sampled.</summary>
    public static PreparedConversation Episode(string question, string call, string result, string answer) =>
        new CharacterProcessor().Prepare([Message.User(question), Message.Assistant(call), Message.User(result), Message.Assistant(answer)]);

    /// <summary>A conversation in which nothing was sampled.</summary>
    public static PreparedConversation Silent() => new CharacterProcessor().Prepare([Message.User("nothing comes")]);

    /// <summary>Sequences of different lengths, with recorded, old and reference log-probabilities near those of the model; one is masked, one is empty.</summary>
    public static PolicySequence[] Sequences(ICausalModel model, int seed, int count = 6)
    {
        var random = new Random(seed);
        var sequences = new List<PolicySequence>();
        for (int i = 0; i < count; i++)
        {
            PreparedConversation conversation = i == 1 ? Silent() : Episode($"q{i}", Text(random, 1, 6), Text(random, 0, 9), Text(random, 1, 5));
            IReadOnlyList<float> now = new TokenScorer(model, 0).Score([conversation])[0].LogProbs;
            sequences.Add(new PolicySequence
            {
                Conversation = conversation,
                BehaviorLogProbs = Near(now, 0.4),
                OldLogProbs = Near(now, 0.4),
                ReferenceLogProbs = Near(now, 0.8),
                Advantage = (random.NextDouble() * 4) - 2,
                IsMasked = i == 3,
            });
        }

        return [.. sequences];

        float[] Near(IReadOnlyList<float> values, double width) => [.. values.Select(v => v + (float)((random.NextDouble() - 0.5) * 2 * width))];
    }

    /// <summary>Loss, numbers and gradients of all parameters, the parts run one after another.</summary>
    public static (PolicyLossNumbers Numbers, float[] Gradient) Step(BigramModel model, PolicyLossOptions options, IEnumerable<IReadOnlyList<PolicySequence>> parts)
    {
        IReadOnlyList<PolicySequence>[] all = [.. parts];
        BatchTotals totals = BatchTotals.Of([.. all.SelectMany(part => part)]);
        model.Module.zero_grad();
        PolicyLossNumbers numbers = PolicyLossNumbers.None;
        foreach (IReadOnlyList<PolicySequence> part in all)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            using ConversationBatch batch = ConversationCollator.Collate([.. part.Select(s => s.Conversation)], [.. part.Select(s => s.Weights)], 0);
            (Tensor logProbs, Tensor entropies) = TargetLoss.WithEntropies(model, batch, options.EntropyCoefficient != 0);
            PolicyLossResult result = PolicyLoss.Of(PolicyTokens.Of(part, logProbs, entropies), totals, options);
            Assert.Null(result.Fault);
            result.Loss.backward();
            numbers += result.Numbers;
        }

        return (numbers, [.. model.Module.parameters().SelectMany(p => p.grad!.data<float>().ToArray())]);
    }

    /// <summary>Options in which every term is on.</summary>
    public static PolicyLossOptions Everything(PolicyLossKind kind) => new()
    {
        Kind = kind,
        MaxCompletionLength = 20,
        Kl = new KlOptions { Form = KlForm.K3, Coefficient = 0.2 },
        EntropyCoefficient = 0.03,
        Correction = OffPolicyCorrection.SequenceTruncate,
        CorrectionCap = 2,
        DualClip = kind == PolicyLossKind.Cispo ? null : 3,
    };

    /// <summary>Largest difference as a share of the largest element.</summary>
    public static double Distance(float[] expected, float[] actual) =>
        expected.Zip(actual, (a, b) => (double)Math.Abs(a - b)).Max() / expected.Max(a => (double)Math.Abs(a));

    private static string Text(Random random, int least, int most) =>
        new([.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => (char)random.Next('a', 'z' + 1))]);
}
