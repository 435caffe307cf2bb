using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>The gate of a SwiGLU block (Shazeer, 2020).</summary>
public static class SiluGate
{
    /// <summary><c>silu(gate) * up</c>, element by element, for tensors of one shape and type.</summary>
    public static Tensor Apply(Tensor gate, Tensor up) => TensorRuntime.Current.SiluGate(gate, up);

    internal static Tensor Compose(Tensor gate, Tensor up)
    {
        using Tensor activated = torch.nn.functional.silu(gate);
        return activated * up;
    }
}
