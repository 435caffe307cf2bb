using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Rotary position embedding (Su et al., 2021) in the half-split form: element i turns with element i + D/2.</summary>
public static class RotaryRotation
{
    /// <summary>
    /// Turns heads by their positions. With the sign of the sine's first half already flipped, the rotation is
    /// <c>x * cos + roll(x, D/2) * signedSin</c>, which needs no negation and no concatenation.
    /// </summary>
    /// <param name="x"><c>[..., T, D]</c>.</param>
    /// <param name="cos"><c>[..., T, D]</c>, broadcast against <paramref name="x"/>, of its type.</param>
    /// <param name="signedSin">As <paramref name="cos"/>: minus the sine in the first half of D, the sine in the second.</param>
    /// <returns>The turned heads, in the dispose scope of the caller.</returns>
    public static Tensor Apply(Tensor x, Tensor cos, Tensor signedSin) => TensorRuntime.Current.Rotate(x, cos, signedSin);

    internal static Tensor Compose(Tensor x, Tensor cos, Tensor signedSin)
    {
        using Tensor rolled = x.roll(x.shape[^1] / 2, -1);
        using Tensor product = rolled * signedSin;
        using Tensor turned = x * cos;
        return turned + product;
    }

    /// <summary>Makes the pair of factors of <see cref="Apply"/> from angles.</summary>
    /// <param name="angles"><c>[..., D/2]</c>, float32, radians.</param>
    /// <param name="type">Type to round the factors to.</param>
    public static RotaryFactors FactorsOf(Tensor angles, ScalarType type)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor cos = angles.cos();
        Tensor sin = angles.sin();
        Tensor doubled = torch.cat([cos, cos], -1).to(type);
        Tensor signed = torch.cat([sin.neg(), sin], -1).to(type);
        return new RotaryFactors(doubled.MoveToOuterDisposeScope(), signed.MoveToOuterDisposeScope());
    }
}
