using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Log-probabilities of given tokens: what cross entropy and policy gradients are made of.</summary>
public static class TokenLogProbs
{
    /// <summary><c>log softmax(logits)[id]</c> of every row, computed in float32.</summary>
    /// <param name="logits"><c>[..., V]</c>, any floating type.</param>
    /// <param name="ids"><c>int64 [...]</c>, 0 to V - 1; a negative id is ignored: its result is 0 and its row gets no gradient.</param>
    /// <returns><c>float32 [...]</c>, in the dispose scope of the caller.</returns>
    public static Tensor Of(Tensor logits, Tensor ids) => TensorRuntime.Current.TokenLogProbs(logits, ids);

    /// <summary>The log-probabilities of <see cref="Of"/> and beside them the entropy of each row's distribution, from one tensor of logits.</summary>
    /// <param name="logits"><c>[..., V]</c>, any floating type. No second tensor of this size is made in the forward pass.</param>
    /// <param name="ids"><c>int64 [...]</c> as for <see cref="Of"/>; where an id is negative the entropy is 0 too.</param>
    /// <param name="entropyGradients">
    /// Whether entropies carry gradients, as an entropy bonus needs. Both then share one gradient of the logits' size; without, entropies
    /// are measured beside the graph.
    /// </param>
    /// <returns>Two times <c>float32 [...]</c>; entropies in nats, 0 to log V. In the dispose scope of the caller.</returns>
    public static (Tensor LogProbs, Tensor Entropies) WithEntropies(Tensor logits, Tensor ids, bool entropyGradients = false)
    {
        if (entropyGradients)
        {
            List<Tensor> both = LogProbsAndEntropies.apply(logits, ids);
            return (both[0], both[1]);
        }

        Tensor logProbs = Of(logits, ids);
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        return (logProbs, LogProbsAndEntropies.apply(logits.detach(), ids)[1].MoveToOuterDisposeScope());
    }

    internal static Tensor Compose(Tensor logits, Tensor ids)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor all = logits.to(ScalarType.Float32).log_softmax(-1);
        Tensor picked = all.gather(-1, ids.clamp_min(0).unsqueeze(-1)).squeeze(-1);
        return torch.where(ids.ge(0), picked, torch.zeros_like(picked)).MoveToOuterDisposeScope();
    }
}
