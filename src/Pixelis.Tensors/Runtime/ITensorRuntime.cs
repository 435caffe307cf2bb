using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// What the models compute most, behind one seam: fused kernels where the tensor runtime has them, compositions of TorchSharp's
/// operators elsewhere, with the same results. Every operation works on any device and floating type, records gradients when
/// they are wanted, and returns tensors that belong to the caller's dispose scope.
/// </summary>
public interface ITensorRuntime
{
    /// <summary>Which implementation this is, with the instruction set of its kernels if it has any.</summary>
    string Name { get; }

    /// <summary><c>x Wᵀ + b</c>: <c>[..., in]</c>, <c>[out, in]</c>, <c>[out]</c> or null, to <c>[..., out]</c>.</summary>
    /// <remarks>
    /// With the fused CPU kernels, in float32 and without gradients, a row's result is the same bits whatever rows are beside it.
    /// </remarks>
    Tensor Linear(Tensor x, Tensor weight, Tensor? bias);

    /// <summary>See <see cref="RootMeanSquareNorm.Apply"/>.</summary>
    Tensor RootMeanSquareNorm(Tensor x, Tensor weight, double epsilon);

    /// <summary>See <see cref="SiluGate.Apply"/>.</summary>
    Tensor SiluGate(Tensor gate, Tensor up);

    /// <summary>See <see cref="RotaryRotation.Apply"/>.</summary>
    Tensor Rotate(Tensor x, Tensor cos, Tensor signedSin);

    /// <summary>See <see cref="CausalAttention.Apply"/>.</summary>
    Tensor CausalAttention(
        Tensor query, Tensor key, Tensor value, Tensor? prefixKey, Tensor? prefixValue, AttentionMask mask, double scale);

    /// <summary>See <see cref="RowAttention.Apply"/>.</summary>
    Tensor RowAttention(Tensor query, Tensor key, Tensor value, IReadOnlyList<RowKeyValues> rows, double scale);

    /// <summary>Attention without any mask: <c>[B, H, T, D]</c>, twice <c>[B, H, S, D]</c>, to <c>[B, T, H * D]</c>.</summary>
    Tensor FullAttention(Tensor query, Tensor key, Tensor value, double scale);

    /// <summary>See <see cref="TokenLogProbs.Of"/>.</summary>
    Tensor TokenLogProbs(Tensor logits, Tensor ids);
}
