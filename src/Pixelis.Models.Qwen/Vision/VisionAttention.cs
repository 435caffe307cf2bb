using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Attention of a vision block: one projection for query, key and value, rotary positions by row and column.</summary>
internal sealed class VisionAttention : NamedModule
{
    private readonly long _heads;
    private readonly long _headSize;
    private readonly Projection _all;
    private readonly Projection _output;

    public VisionAttention(QwenVisionConfig config, string prefix, IParameterSource source)
        : base(nameof(VisionAttention))
    {
        _heads = config.HeadCount;
        _headSize = config.HeadSize;
        _all = Register("qkv", source.Linear(prefix + "qkv", bias: true));
        _output = Register("proj", source.Linear(prefix + "proj", bias: true));
    }

    /// <summary>Maps patches <c>[N, D]</c> to <c>[N, D]</c>.</summary>
    public Tensor Forward(Tensor x, RotaryFactors factors, SegmentGroups segments)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor all = _all.Forward(x).view(x.shape[0], 3, _heads, _headSize);
        Tensor query = Rotate(all.select(1, 0), factors);
        Tensor key = Rotate(all.select(1, 1), factors);
        Tensor mixed = SegmentAttention.Apply(query, key, all.select(1, 2), segments);
        return _output.Forward(mixed).MoveToOuterDisposeScope();
    }

    /// <summary>In float32 whatever the activations are, as the reference does.</summary>
    private static Tensor Rotate(Tensor x, RotaryFactors factors)
    {
        if (x.dtype == ScalarType.Float32)
            return RotaryRotation.Apply(x, factors.Cos, factors.SignedSin);
        using Tensor wide = x.to(ScalarType.Float32);
        using Tensor turned = RotaryRotation.Apply(wide, factors.Cos, factors.SignedSin);
        return turned.to(x.dtype);
    }
}
