using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>What <see cref="RotaryRotation.Apply"/> multiplies with.</summary>
/// <param name="Cos">Cosines, the D/2 angles twice.</param>
/// <param name="SignedSin">Sines, the D/2 angles twice, negated the first time.</param>
public readonly record struct RotaryFactors(Tensor Cos, Tensor SignedSin) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        Cos.Dispose();
        SignedSin.Dispose();
    }
}
