#if LIBTORCH
using Pixelis.LibTorch.Native;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>The fused operators of the native shim; each falls back by itself where its kernels do not apply.</summary>
internal sealed class LibTorchRuntime : ITensorRuntime
{
    private static readonly Operator s_linear = new("pixelis::linear");
    private static readonly Operator s_rmsNorm = new("pixelis::rms_norm");
    private static readonly Operator s_swiglu = new("pixelis::swiglu");
    private static readonly Operator s_rope = new("pixelis::rope");
    private static readonly Operator s_attention = new("pixelis::attention");
    private static readonly Operator s_attendRows = new("pixelis::attend_rows");
    private static readonly Operator s_paddingStarts = new("pixelis::padding_starts");
    private static readonly Operator s_tokenLogProbs = new("pixelis::token_log_probs");

    public string Name => "fused kernels";

    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias) => Dispatcher.Call(s_linear, x, weight, bias);

    public Tensor RootMeanSquareNorm(Tensor x, Tensor weight, double epsilon) => Dispatcher.Call(s_rmsNorm, x, weight, epsilon);

    public Tensor SiluGate(Tensor gate, Tensor up) => Dispatcher.Call(s_swiglu, gate, up);

    public Tensor Rotate(Tensor x, Tensor cos, Tensor signedSin) => Dispatcher.Call(s_rope, x, cos, signedSin);

    public Tensor CausalAttention(
        Tensor query, Tensor key, Tensor value, Tensor? prefixKey, Tensor? prefixValue, AttentionMask mask, double scale)
    {
        Tensor? starts = null;
        if (mask.Padding is { } padding && !mask.TryStarts(() => Dispatcher.Call(s_paddingStarts, padding), prefixKey is not null, out starts))
            return Tensors.CausalAttention.Compose(query, key, value, prefixKey, prefixValue, mask, scale);
        return Dispatcher.Call(s_attention, query, key, value, true, scale, starts, prefixKey, prefixValue);
    }

    public Tensor RowAttention(Tensor query, Tensor key, Tensor value, IReadOnlyList<RowKeyValues> rows, double scale)
    {
        using Tensor none = empty([1, 1, 0, 1], dtype: query.dtype, device: query.device);
        return Dispatcher.Call(
            s_attendRows, query, key, value,
            Collect(rows, row => row.Keys), Collect(rows, row => row.Values),
            Collect(rows, row => row.PrefixKeys ?? none), Collect(rows, row => row.PrefixValues ?? none),
            rows.Select(row => (long)row.Length).ToArray(), scale);
    }

    public Tensor FullAttention(Tensor query, Tensor key, Tensor value, double scale) =>
        Dispatcher.Call(s_attention, query, key, value, false, scale);

    public Tensor TokenLogProbs(Tensor logits, Tensor ids) => Dispatcher.Call(s_tokenLogProbs, logits, ids);

    private static Tensor[] Collect(IReadOnlyList<RowKeyValues> rows, Func<RowKeyValues, Tensor> part)
    {
        var tensors = new Tensor[rows.Count];
        for (int i = 0; i < tensors.Length; i++)
            tensors[i] = part(rows[i]);
        return tensors;
    }
}
#endif
