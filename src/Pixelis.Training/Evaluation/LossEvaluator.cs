using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>Loss and accuracy on held-out examples, token by token as in training but without gradients.</summary>
internal sealed class LossEvaluator(ICausalModel model, IReadOnlyList<PreparedExample> examples, SftOptions options, int paddingToken)
{
    private readonly PreparedExample[] _examples = [.. examples.OrderBy(e => e.Conversation.Length)];

    public (double Loss, double Accuracy) Run(CancellationToken cancellationToken)
    {
        using IDisposable noGrad = torch.no_grad();
        double sum = 0, weight = 0, right = 0;
        foreach (PreparedExample[] batch in _examples.Chunk(options.Data.BatchSize))
        {
            foreach (IReadOnlyList<PreparedExample> part in MicroBatches.Of(batch, options.Data))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Add(part, ref sum, ref weight, ref right);
            }
        }

        return (sum / weight, right / weight);
    }

    private void Add(IReadOnlyList<PreparedExample> part, ref double sum, ref double weight, ref double right)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ConversationBatch batch = GradientStep.Collate(part, options.Data.Packing, paddingToken, model.Device);
        using IDisposable? region = GradientStep.Region(options.Autocast, model.Device);
        Tensor logits = model.Forward(batch.Inputs, options: new ForwardOptions { LogitRows = batch.TargetRows }).Logits!;
        sum -= (TokenLogProbs.Of(logits, batch.TargetIds) * batch.TargetWeights).sum().ToDouble();
        right += (logits.argmax(-1).eq(batch.TargetIds).to(ScalarType.Float32) * batch.TargetWeights).sum().ToDouble();
        weight += batch.TargetWeights.sum().ToDouble();
    }
}
