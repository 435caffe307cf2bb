using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>A decoder layer: attention and feed-forward, each behind a norm and beside a residual.</summary>
internal sealed class QwenDecoderLayer : NamedModule
{
    private readonly RmsNorm _inputNorm;
    private readonly QwenAttention _attention;
    private readonly RmsNorm _attentionNorm;
    private readonly GatedFeedForward _feedForward;

    public QwenDecoderLayer(QwenTextConfig config, int layer, string prefix, IParameterSource source)
        : base(nameof(QwenDecoderLayer))
    {
        _attention = Register("self_attn", new QwenAttention(config, layer, prefix + "self_attn.", source));
        _feedForward = Register("mlp", source.FeedForward(prefix + "mlp", bias: false));
        _inputNorm = Register("input_layernorm", source.Norm(prefix + "input_layernorm", config.NormEpsilon));
        _attentionNorm = Register("post_attention_layernorm", source.Norm(prefix + "post_attention_layernorm", config.NormEpsilon));
    }

    /// <summary>Maps <c>[B, T, H]</c> to <c>[B, T, H]</c>; the input is left as it is.</summary>
    /// <param name="x">The state.</param>
    /// <param name="context">What the layers share.</param>
    /// <param name="rows">Positions that are read of the result, flat indices <c>int64 [N]</c>; the result is then <c>[1, N, H]</c>. Null for all.</param>
    public Tensor Forward(Tensor x, DecoderContext context, Tensor? rows = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor middle = (rows is null ? x : ChosenRows.Of(x, rows)) + _attention.Forward(_inputNorm.Forward(x), context, rows);
        Tensor change = _feedForward.Forward(_attentionNorm.Forward(middle));
        // The backward pass reads what the norm read, so only without gradients may the sum be made in place.
        Tensor result = torch.is_grad_enabled() ? middle + change : middle.add_(change);
        return result.MoveToOuterDisposeScope();
    }
}
