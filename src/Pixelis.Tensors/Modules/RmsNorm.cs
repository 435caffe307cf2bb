using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary><see cref="RootMeanSquareNorm"/> with its weight; parameter <c>weight [N]</c>.</summary>
public sealed class RmsNorm : NamedModule
{
    /// <summary>Makes the module; it owns the weight.</summary>
    public RmsNorm(Parameter weight, double epsilon)
        : base(nameof(RmsNorm))
    {
        Weight = Register("weight", weight)!;
        Epsilon = epsilon;
    }

    /// <summary>The weight, <c>[N]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>Added to the mean square.</summary>
    public double Epsilon { get; }

    /// <summary>Normalises <c>[..., N]</c> over its last dimension.</summary>
    public Tensor Forward(Tensor x) => RootMeanSquareNorm.Apply(x, Weight, Epsilon);
}
