using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Norm over each patch, neighbouring patches joined, two linear layers with an exact GELU between them.</summary>
internal sealed class PatchMerger : NamedModule
{
    private readonly RmsNorm _norm;
    private readonly Layers _layers;
    private readonly long _joined;

    public PatchMerger(QwenVisionConfig config, IParameterSource source)
        : base(nameof(PatchMerger))
    {
        _joined = config.HiddenSize * config.PatchesPerFeature;
        _norm = Register("ln_q", source.Norm("visual.merger.ln_q", QwenVisionConfig.NormEpsilon));
        _layers = Register("mlp", new Layers(source));
    }

    /// <summary>Maps patches <c>[N, D]</c> to features <c>[N / merge², H]</c>.</summary>
    public Tensor Forward(Tensor x)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor joined = _norm.Forward(x).view(-1, _joined);
        Tensor hidden = torch.nn.functional.gelu(_layers.First.Forward(joined));
        return _layers.Second.Forward(hidden).MoveToOuterDisposeScope();
    }

    /// <summary>The sequence "mlp", whose child 1 is the activation and has no parameters.</summary>
    private sealed class Layers : NamedModule
    {
        public Layers(IParameterSource source)
            : base(nameof(Layers))
        {
            First = Register("0", source.Linear("visual.merger.mlp.0", bias: true));
            Second = Register("2", source.Linear("visual.merger.mlp.2", bias: true));
        }

        public Projection First { get; }

        public Projection Second { get; }
    }
}
