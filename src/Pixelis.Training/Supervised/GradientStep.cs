using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>One step: forward and backward over the parts of a batch, clipping, update. All on the calling thread.</summary>
internal sealed class GradientStep(ICausalModel model, TrainedParameters parameters, TrainedOptimizer optimizer, SftOptions options, int paddingToken)
{
    private readonly Parameter[] _parameters = [.. parameters.All.Select(p => p.Parameter)];

    public StepResult Run(IReadOnlyList<PreparedExample> batch, double learningRate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        double denominator = batch.Sum(e => e.TotalWeight);
        optimizer.ZeroGradients();
        double loss = 0;
        int padded = 0, targets = 0;
        foreach (IReadOnlyList<PreparedExample> part in MicroBatches.Of(batch, options.Data))
        {
            loss += Accumulate(part, denominator, ref padded, ref targets);
            if (!double.IsFinite(loss))
                break;
        }

        double norm = double.IsFinite(loss) ? Clip() : double.NaN;
        bool applied = double.IsFinite(norm);
        if (applied)
            optimizer.Step(learningRate);
        return new StepResult(loss, norm, applied, batch.Count, batch.Sum(e => e.Conversation.Length), padded, targets);
    }

    private double Accumulate(IReadOnlyList<PreparedExample> part, double denominator, ref int padded, ref int targets)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ConversationBatch inputs = Collate(part, options.Data.Packing, paddingToken, model.Device);
        padded += (int)inputs.Inputs.InputIds.numel();
        targets += inputs.Targets.Count;
        Tensor loss;
        using (Region(options.Autocast, model.Device))
        {
            Tensor logProbabilities = TargetLoss.LogProbabilities(model, inputs, options.RecomputeActivations);
            loss = TargetLoss.WeightedMean(logProbabilities, inputs.TargetWeights, denominator);
        }

        double value = loss.ToDouble();
        if (double.IsFinite(value))
            loss.backward();
        return value;
    }

    private double Clip()
    {
        double limit = options.Optimization.MaxGradientNorm;
        return nn.utils.clip_grad_norm_(_parameters, limit > 0 ? limit : double.PositiveInfinity);
    }

    internal static ConversationBatch Collate(IReadOnlyList<PreparedExample> part, bool packing, int paddingToken, Device device) =>
        Collate([.. part.Select(e => e.Conversation)], [.. part.Select(e => e.Weights)], packing, paddingToken, device);

    internal static ConversationBatch Collate(
        IReadOnlyList<PreparedConversation> conversations, IReadOnlyList<IReadOnlyList<float>> weights, bool packing, int paddingToken, Device device) =>
        packing ? ConversationCollator.Pack(conversations, weights, device) : ConversationCollator.Collate(conversations, weights, paddingToken, device);

    internal static IDisposable? Region(bool autocast, Device device) => autocast ? MixedPrecision.Begin(device.type) : null;
}
