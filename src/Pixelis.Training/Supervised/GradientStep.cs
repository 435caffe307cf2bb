using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>One step: forward and backward over the parts of a batch, clipping, update. All on the calling thread.</summary>
/// <param name="policy">What learns. Not owned.</param>
/// <param name="options">Limits of micro batches and precision; the rest is not read.</param>
/// <param name="paddingToken">Fills rows when nothing is packed.</param>
internal sealed class GradientStep(TrainedPolicy policy, SftOptions options, int paddingToken)
{
    private readonly Parameter[] _parameters = [.. policy.Parameters.All.Select(p => p.Parameter)];

    /// <summary>Learns from a batch.</summary>
    /// <param name="batch">At least one example, sorted by length.</param>
    /// <param name="learningRate">Learning rate, at least 0.</param>
    /// <param name="denominator">
    /// What the weighted sum of negative log-probabilities is divided by, above 0; null (default) for the sum of the weights: then the loss is
    /// their mean, and a factor of all weights says nothing.
    /// </param>
    /// <returns>What it gave; when loss or gradient was not a finite number, nothing was changed.</returns>
    public StepResult Run(IReadOnlyList<PreparedExample> batch, double learningRate, double? denominator = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = torch.NewDisposeScope();
        double divisor = denominator ?? batch.Sum(e => e.TotalWeight);
        policy.Optimizer.ZeroGradients();
        double loss = 0;
        int padded = 0, targets = 0;
        foreach (IReadOnlyList<PreparedExample> part in MicroBatches.Of(batch, options.Data))
        {
            loss += Accumulate(part, divisor, ref padded, ref targets);
            if (!double.IsFinite(loss))
                break;
        }

        double norm = double.IsFinite(loss) ? Clip() : double.NaN;
        bool applied = double.IsFinite(norm);
        if (applied)
            policy.Optimizer.Step(learningRate);
        return new StepResult(loss, norm, applied, batch.Count, batch.Sum(e => e.Conversation.Length), padded, targets);
    }

    private double Accumulate(IReadOnlyList<PreparedExample> part, double denominator, ref int padded, ref int targets)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using ConversationBatch inputs = Collate(part, options.Data.Packing, paddingToken, policy.Model.Device);
        padded += (int)inputs.Inputs.InputIds.numel();
        targets += inputs.Targets.Count;
        Tensor loss;
        using (Region(options.Autocast, policy.Model.Device))
        {
            Tensor logProbabilities = TargetLoss.LogProbabilities(policy.Model, inputs, options.RecomputeActivations);
            loss = TargetLoss.WeightedMean(logProbabilities, inputs.TargetWeights, denominator);
        }

        double value = loss.ToDouble();
        if (double.IsFinite(value))
            loss.backward();
        return value;
    }

    private double Clip()
    {
        double limit = policy.Optimization.MaxGradientNorm;
        return nn.utils.clip_grad_norm_(_parameters, limit > 0 ? limit : double.PositiveInfinity);
    }

    internal static ConversationBatch Collate(IReadOnlyList<PreparedExample> part, bool packing, int paddingToken, Device device) =>
        Collate([.. part.Select(e => e.Conversation)], [.. part.Select(e => e.Weights)], packing, paddingToken, device);

    internal static ConversationBatch Collate(
        IReadOnlyList<PreparedConversation> conversations, IReadOnlyList<IReadOnlyList<float>> weights, bool packing, int paddingToken, Device device) =>
        packing ? ConversationCollator.Pack(conversations, weights, device) : ConversationCollator.Collate(conversations, weights, paddingToken, device);

    internal static IDisposable? Region(bool autocast, Device device) => autocast ? MixedPrecision.Begin(device.type) : null;
}
