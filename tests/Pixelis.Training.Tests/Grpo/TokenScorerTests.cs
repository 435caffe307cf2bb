using Pixelis.Modeling;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Grpo;

public class TokenScorerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Scores_are_those_of_the_distributions_the_tokens_were_drawn_from(bool packing)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var model = new BigramModel();
        PreparedConversation[] conversations = [PolicyCases.Episode("question", "abc", "result", "de"), PolicyCases.Silent(), PolicyCases.Episode("q", "x", "", "y")];
        var scorer = new TokenScorer(model, 0, new TokenScoringOptions { MicroBatchSize = 2, Packing = packing, Entropies = true });
        IReadOnlyList<TokenScores> scores = scorer.Score(conversations, [[0, 9], [], [2]]);
        Check("[abc", "abc]", scores[0], 0);
        Check("[de", "de]", scores[0], 4);
        Check("[x", "x]", scores[2], 0);
        Check("[y", "y]", scores[2], 2);
        Assert.Equal([7, 0, 4], scores.Select(s => s.LogProbs.Count));
        Assert.Empty(scores[1].Entropies!);
        // The state after a token is what the model keeps of it: here its embedding.
        Assert.Equal([Embedding('['), Embedding(conversations[0].TokenIds[9])], scores[0].States);
        Assert.Empty(scores[1].States);
        Assert.Equal([Embedding(conversations[2].TokenIds[2])], scores[2].States);

        void Check(string read, string drawn, TokenScores told, int start)
        {
            for (int i = 0; i < drawn.Length; i++)
            {
                double[] p = Softmax(model, read[Math.Min(i, read.Length - 1)]);
                Assert.Equal(Math.Log(p[drawn[i]]), told.LogProbs[start + i], 1e-5);
                Assert.Equal(-p.Sum(x => x * Math.Log(x)), told.Entropies![start + i], 1e-4);
            }
        }

        float[] Embedding(int token) => model.Embedding[token].data<float>().ToArray();
    }

    [Fact]
    public void Scoring_leaves_no_gradients_and_no_tensors_behind()
    {
        using var model = new BigramModel();
        var scorer = new TokenScorer(model, 0, new TokenScoringOptions { Entropies = true });
        PreparedConversation conversation = PolicyCases.Episode("q", "a", "r", "b");
        _ = scorer.Score([conversation], [[1]]);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        _ = scorer.Score([conversation], [[1]]);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.All(model.Module.parameters(), p => Assert.Null(p.grad));
    }

    [Fact]
    public void Dropout_is_off_while_scoring_and_back_on_after()
    {
        using var model = new BigramModel();
        using AdapterSet adapters = HeadAdapter.Of(model, dropout: 0.5);
        adapters.Training = true;
        var scorer = new TokenScorer(model, 0, adapters: adapters);
        PreparedConversation conversation = PolicyCases.Episode("q", "abcdef", "r", "b");
        Assert.Equal(scorer.Score([conversation])[0].LogProbs, scorer.Score([conversation])[0].LogProbs);
        model.BeforeForward = () => throw new IOException("lost");
        Assert.Throws<IOException>(() => scorer.Score([conversation]));
        Assert.True(adapters.Training);
    }

    [Fact]
    public void States_that_are_not_there_are_refused_and_nothing_is_scored_for_nothing()
    {
        using var model = new BigramModel();
        var scorer = new TokenScorer(model, 0);
        Assert.Throws<ArgumentException>(() => scorer.Score([PolicyCases.Silent()], [[99]]));
        model.BeforeForward = () => throw new IOException("no pass was expected");
        Assert.Empty(scorer.Score([PolicyCases.Silent()])[0].LogProbs);
        Assert.Empty(scorer.Score([]));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => scorer.Score([PolicyCases.Episode("q", "a", "r", "b")], cancellationToken: stop.Token));
        Assert.Throws<PixelisException>(() => new TokenScorer(model, 0, new TokenScoringOptions { MicroBatchSize = -1 }));
    }

    private static double[] Softmax(BigramModel model, int token)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        double[] logits = [.. model.Head.Weight.matmul(model.Embedding[token]).add(model.Head.Bias!).data<float>().ToArray().Select(x => (double)x)];
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(x => Math.Exp(x) / sum)];
    }
}
