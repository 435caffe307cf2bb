using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Root mean square normalisation (Zhang and Sennrich, 2019) as Qwen computes it.</summary>
public static class RootMeanSquareNorm
{
    /// <summary>
    /// <c>weight * x / sqrt(mean(x²) + epsilon)</c> over the last dimension. The mean and the quotient are computed in float32;
    /// the quotient is rounded to the type of <paramref name="x"/> before it meets the weight.
    /// </summary>
    /// <param name="x"><c>[..., N]</c>, any floating type.</param>
    /// <param name="weight"><c>[N]</c>.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <returns><c>[..., N]</c>, in the dispose scope of the caller.</returns>
    public static Tensor Apply(Tensor x, Tensor weight, double epsilon) => TensorRuntime.Current.RootMeanSquareNorm(x, weight, epsilon);

    internal static Tensor Compose(Tensor x, Tensor weight, double epsilon)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor wide = ElementTypes.IsHalf(x.dtype) ? x.to(ScalarType.Float32) : x;
        Tensor inverse = wide.square().mean([-1], keepdim: true).add_(epsilon).rsqrt_();
        Tensor normal = wide * inverse;
        if (normal.dtype != x.dtype)
            normal = normal.to(x.dtype);
        return (normal * weight).MoveToOuterDisposeScope();
    }
}
