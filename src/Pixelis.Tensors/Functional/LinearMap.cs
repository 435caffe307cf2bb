using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>The affine map of a projection.</summary>
public static class LinearMap
{
    /// <summary><c>x Wᵀ + b</c>.</summary>
    /// <param name="x"><c>[..., in]</c>.</param>
    /// <param name="weight"><c>[out, in]</c>.</param>
    /// <param name="bias"><c>[out]</c>, or null.</param>
    /// <returns><c>[..., out]</c>, in the dispose scope of the caller.</returns>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor? bias) => TensorRuntime.Current.Linear(x, weight, bias);

    internal static Tensor Compose(Tensor x, Tensor weight, Tensor? bias)
    {
        if (x.dtype == ScalarType.Float32 && x.NumberOfElements == weight.shape[1] && x.device_type == DeviceType.CPU && !torch.is_grad_enabled())
            return ApplyToOneRow(x, weight, bias);
        return torch.nn.functional.linear(x, weight, bias);
    }

    /// <summary>A matrix product with one row runs at half the memory bandwidth in OpenBLAS; the matrix-vector product does not.</summary>
    private static Tensor ApplyToOneRow(Tensor x, Tensor weight, Tensor? bias)
    {
        long[] shape = x.shape;
        shape[^1] = weight.shape[0];
        using Tensor row = x.reshape(-1);
        using Tensor product = bias is null ? weight.mv(row) : bias.addmv(weight, row);
        return product.view(shape);
    }
}
