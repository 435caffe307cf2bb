using Pixelis.Modeling;
using Pixelis.Training.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Supervised;

public class TargetLossTests
{
    [Fact]
    public void Loss_and_gradients_are_those_derived_by_hand()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var model = new BigramModel();
        // [q][xy] with weights 2 on x, 1 on y and 0 on ]: targets x (after '[') and y (after 'x').
        PreparedConversation conversation = new CharacterProcessor().Prepare([Message.User("q"), Message.Assistant("xy")]);
        float[] weights = [0, 0, 0, 0, 2, 1, 0];
        using ConversationBatch batch = ConversationCollator.Collate([conversation], [weights], 0);
        Tensor loss = TargetLoss.WeightedMean(TargetLoss.LogProbabilities(model, batch), batch.TargetWeights, 3);
        loss.backward();

        double[] afterBracket = Softmax(model, '['), afterX = Softmax(model, 'x');
        double expected = (-2 * Math.Log(afterBracket['x']) - Math.Log(afterX['y'])) / 3;
        Assert.Equal(expected, loss.ToDouble(), 1e-5);
        // d loss / d logit_v = w / sum(w) * (p_v - [v is the target]); the bias gets the sum over both targets.
        float[] gradient = model.Head.Bias!.grad!.data<float>().ToArray();
        for (int v = 0; v < BigramModel.Vocabulary; v++)
        {
            double wanted = (2 * (afterBracket[v] - (v == 'x' ? 1 : 0)) + afterX[v] - (v == 'y' ? 1 : 0)) / 3;
            Assert.Equal(wanted, gradient[v], 1e-5);
        }

        // Only the tokens that predict a target get a gradient in the embedding.
        float[] embedding = model.Embedding.grad!.abs().sum(1L).data<float>().ToArray();
        Assert.Equal(['[', 'x'], Enumerable.Range(0, BigramModel.Vocabulary).Where(v => embedding[v] > 0).Select(v => (char)v));
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
