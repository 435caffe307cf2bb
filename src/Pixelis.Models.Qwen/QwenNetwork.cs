using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>The module tree of a model; its parameter names are the keys of the checkpoint.</summary>
internal sealed class QwenNetwork : NamedModule
{
    private readonly Projection? _head;

    public QwenNetwork(QwenConfig config, IParameterSource source)
        : base(nameof(QwenNetwork))
    {
        if (config.Vision is not null)
            Vision = Register("visual", new QwenVisionTower(config.Vision, source));
        Decoder = Register("model", new QwenDecoder(config.Text, source));
        if (!config.Text.TiesEmbeddings)
            _head = Register("lm_head", source.Linear("lm_head", bias: false));
    }

    /// <summary>Child <c>visual</c>, or null.</summary>
    public QwenVisionTower? Vision { get; }

    /// <summary>Child <c>model</c>.</summary>
    public QwenDecoder Decoder { get; }

    /// <summary>Maps normed states <c>[B, T, H]</c> to logits <c>[B, T, V]</c>.</summary>
    public Tensor Logits(Tensor states) =>
        _head is not null ? _head.Forward(states) : LinearMap.Apply(states, Decoder.Embedding.Weight, null);
}
