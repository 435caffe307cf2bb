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

    internal static Tensor Compose(Tensor logits, Tensor ids)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor all = logits.to(ScalarType.Float32).log_softmax(-1);
        Tensor picked = all.gather(-1, ids.clamp_min(0).unsqueeze(-1)).squeeze(-1);
        return torch.where(ids.ge(0), picked, torch.zeros_like(picked)).MoveToOuterDisposeScope();
    }
}
