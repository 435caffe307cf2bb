using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// A linear layer; parameters <c>weight [out, in]</c> and perhaps <c>bias [out]</c>. An adapter hangs beside the parameters, so
/// that a model's parameter names stay those of its checkpoint whether or not it is adapted.
/// </summary>
public sealed class Projection : NamedModule
{
    private IProjectionDelta? _delta;

    /// <summary>Makes the layer; it owns its parameters.</summary>
    public Projection(Parameter weight, Parameter? bias = null)
        : base(nameof(Projection))
    {
        Weight = Register("weight", weight)!;
        Bias = Register("bias", bias);
    }

    /// <summary>The weight, <c>[out, in]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>The bias, <c>[out]</c>, or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>The adapter that is switched on, or null. Not owned.</summary>
    public IProjectionDelta? Delta
    {
        get => _delta;
        set
        {
            if (!ReferenceEquals(_delta, value))
                Revision++;
            _delta = value;
        }
    }

    /// <summary>
    /// Grows when <see cref="Delta"/> becomes another one or <see cref="NoteChange"/> is called: for those who keep outputs and must know
    /// when these are out of date.
    /// </summary>
    public long Revision { get; private set; }

    /// <summary>Says that the parameters were written to.</summary>
    public void NoteChange() => Revision++;

    /// <summary>Maps <c>[..., in]</c> to <c>[..., out]</c>.</summary>
    public Tensor Forward(Tensor x)
    {
        Tensor y = LinearMap.Apply(x, Weight, Bias);
        if (Delta is not { } delta)
            return y;
        using (y)
            return delta.AddTo(x, y);
    }
}
