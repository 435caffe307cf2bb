using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training;

/// <summary>Cross entropy of chosen tokens. Logits are made only where a token is predicted: often a tenth of all positions.</summary>
public static class TargetLoss
{
    /// <summary>Log-probabilities of a batch's targets under a model, <c>float32 [N]</c>, with gradients when they are enabled; in the dispose scope of the caller.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="recompute">Whether layers keep no activations; see <see cref="ForwardOptions.RecomputeActivations"/>.</param>
    public static Tensor LogProbabilities(ICausalModel model, ConversationBatch batch, bool recompute = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = torch.NewDisposeScope();
        ModelOutput output = model.Forward(batch.Inputs, options: new ForwardOptions { LogitRows = batch.TargetRows, RecomputeActivations = recompute });
        return TokenLogProbs.Of(output.Logits!, batch.TargetIds).MoveToOuterDisposeScope();
    }

    /// <summary>Log-probabilities of a batch's targets and the entropies of the rows that predict them, both <c>float32 [N]</c>; in the dispose scope of the caller.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="entropyGradients">Whether entropies carry gradients; see <see cref="TokenLogProbs.WithEntropies"/>.</param>
    /// <param name="recompute">Whether layers keep no activations; see <see cref="ForwardOptions.RecomputeActivations"/>.</param>
    public static (Tensor LogProbs, Tensor Entropies) WithEntropies(ICausalModel model, ConversationBatch batch, bool entropyGradients = false, bool recompute = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        using DisposeScope scope = torch.NewDisposeScope();
        ModelOutput output = model.Forward(batch.Inputs, options: new ForwardOptions { LogitRows = batch.TargetRows, RecomputeActivations = recompute });
        (Tensor logProbs, Tensor entropies) = TokenLogProbs.WithEntropies(output.Logits!, batch.TargetIds, entropyGradients);
        return (logProbs.MoveToOuterDisposeScope(), entropies.MoveToOuterDisposeScope());
    }

    /// <summary><c>-sum(w * logp) / denominator</c>, a scalar; in the dispose scope of the caller.</summary>
    /// <param name="logProbabilities"><c>float32 [N]</c>.</param>
    /// <param name="weights"><c>float32 [N]</c>.</param>
    /// <param name="denominator">Sum of the weights of the whole batch, all micro batches together: then the loss is a mean over its tokens however it is cut.</param>
    public static Tensor WeightedMean(Tensor logProbabilities, Tensor weights, double denominator)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return ((logProbabilities * weights).sum() * (-1 / denominator)).MoveToOuterDisposeScope();
    }
}
