using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// The gated feed-forward block of Llama-like models: <c>down(silu(gate(x)) * up(x))</c>; children <c>gate_proj</c>,
/// <c>up_proj</c>, <c>down_proj</c>.
/// </summary>
public sealed class GatedFeedForward : NamedModule
{
    /// <summary>Makes the block; it owns the projections.</summary>
    public GatedFeedForward(Projection gate, Projection up, Projection down)
        : base(nameof(GatedFeedForward))
    {
        Gate = Register("gate_proj", gate);
        Up = Register("up_proj", up);
        Down = Register("down_proj", down);
    }

    /// <summary>Child <c>gate_proj</c>.</summary>
    public Projection Gate { get; }

    /// <summary>Child <c>up_proj</c>.</summary>
    public Projection Up { get; }

    /// <summary>Child <c>down_proj</c>.</summary>
    public Projection Down { get; }

    /// <summary>Maps <c>[..., H]</c> to <c>[..., H]</c>.</summary>
    public Tensor Forward(Tensor x)
    {
        using Tensor gate = Gate.Forward(x);
        using Tensor up = Up.Forward(x);
        using Tensor hidden = SiluGate.Apply(gate, up);
        return Down.Forward(hidden);
    }
}
