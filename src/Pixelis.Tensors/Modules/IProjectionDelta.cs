using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Something that changes what a projection computes without changing its weight: an adapter.</summary>
public interface IProjectionDelta
{
    /// <summary>Returns <paramref name="output"/> plus a function of <paramref name="input"/>, in the caller's dispose scope.</summary>
    /// <param name="input">What the projection read, <c>[..., in]</c>.</param>
    /// <param name="output">What it computed, <c>[..., out]</c>; must not be changed in place.</param>
    Tensor AddTo(Tensor input, Tensor output);
}
