using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>A block of the vision tower.</summary>
internal sealed class VisionBlock : NamedModule
{
    private readonly RmsNorm _firstNorm;
    private readonly VisionAttention _attention;
    private readonly RmsNorm _secondNorm;
    private readonly GatedFeedForward _feedForward;

    public VisionBlock(QwenVisionConfig config, string prefix, IParameterSource source)
        : base(nameof(VisionBlock))
    {
        _firstNorm = Register("norm1", source.Norm(prefix + "norm1", QwenVisionConfig.NormEpsilon));
        _secondNorm = Register("norm2", source.Norm(prefix + "norm2", QwenVisionConfig.NormEpsilon));
        _attention = Register("attn", new VisionAttention(config, prefix + "attn.", source));
        _feedForward = Register("mlp", source.FeedForward(prefix + "mlp", bias: true));
    }

    /// <summary>Maps patches <c>[N, D]</c> to <c>[N, D]</c>.</summary>
    public Tensor Forward(Tensor x, RotaryFactors factors, SegmentGroups segments)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor middle = x + _attention.Forward(_firstNorm.Forward(x), factors, segments);
        return (middle + _feedForward.Forward(_secondNorm.Forward(middle))).MoveToOuterDisposeScope();
    }
}
