using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Self-attention of a decoder layer: grouped queries, rotary positions, and for Qwen3 norms on queries and keys.</summary>
internal sealed class QwenAttention : NamedModule
{
    private readonly int _layer;
    private readonly long _heads;
    private readonly long _keyValueHeads;
    private readonly long _headSize;
    private readonly double _scale;
    private readonly Projection _query;
    private readonly Projection _key;
    private readonly Projection _value;
    private readonly Projection _output;
    private readonly RmsNorm? _queryNorm;
    private readonly RmsNorm? _keyNorm;

    public QwenAttention(QwenTextConfig config, int layer, string prefix, IParameterSource source)
        : base(nameof(QwenAttention))
    {
        _layer = layer;
        _heads = config.HeadCount;
        _keyValueHeads = config.KeyValueHeadCount;
        _headSize = config.HeadSize;
        _scale = 1 / Math.Sqrt(config.HeadSize);
        _query = Register("q_proj", source.Linear(prefix + "q_proj", config.HasQueryKeyValueBias));
        _key = Register("k_proj", source.Linear(prefix + "k_proj", config.HasQueryKeyValueBias));
        _value = Register("v_proj", source.Linear(prefix + "v_proj", config.HasQueryKeyValueBias));
        _output = Register("o_proj", source.Linear(prefix + "o_proj", config.HasOutputBias));
        if (config.NormalizesQueryAndKey)
        {
            _queryNorm = Register("q_norm", source.Norm(prefix + "q_norm", config.NormEpsilon));
            _keyNorm = Register("k_norm", source.Norm(prefix + "k_norm", config.NormEpsilon));
        }
    }

    /// <summary>Maps <c>[B, T, H]</c> to <c>[B, T, H]</c>, or to <c>[1, N, H]</c> for the given positions.</summary>
    public Tensor Forward(Tensor x, DecoderContext context, Tensor? rows = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (long batch, long columns) = (x.shape[0], x.shape[1]);
        Tensor query = Heads(_query.Forward(x), _queryNorm, batch, columns, _heads);
        Tensor key = Heads(_key.Forward(x), _keyNorm, batch, columns, _keyValueHeads);
        Tensor value = _value.Forward(x).view(batch, columns, _keyValueHeads, _headSize).transpose(1, 2);
        query = RotaryRotation.Apply(query, context.Factors.Cos, context.Factors.SignedSin);
        key = RotaryRotation.Apply(key, context.Factors.Cos, context.Factors.SignedSin);
        Tensor mixed = Attend(query, key, value, context);
        return _output.Forward(rows is null ? mixed : ChosenRows.Of(mixed, rows)).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor query, Tensor key, Tensor value, DecoderContext context)
    {
        if (context.Packed is { } packed)
            return packed.Attend(query, key, value, _scale);
        if (context.Rows is { } rows)
            return rows.Attend(_layer, query, key, value, _scale);
        LayerKeyValues all = context.Cache is { } cache ? cache.Append(_layer, key, value) : new LayerKeyValues(key, value);
        return CausalAttention.Apply(query, all.Keys, all.Values, all.PrefixKeys, all.PrefixValues, context.Mask, _scale);
    }

    private Tensor Heads(Tensor projected, RmsNorm? norm, long batch, long columns, long heads)
    {
        Tensor split = projected.view(batch, columns, heads, _headSize);
        if (norm is not null)
            split = norm.Forward(split);
        return split.transpose(1, 2);
    }
}
