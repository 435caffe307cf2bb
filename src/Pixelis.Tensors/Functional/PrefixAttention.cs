using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// Attention of several rows whose first P columns are one and the same. The shared keys are read once for all rows: their
/// scores are one product with B * g * T query rows, which is what makes a group of completions cheap.
/// </summary>
internal static class PrefixAttention
{
    /// <summary>Parameters as in <see cref="CausalAttention.Apply"/>, the query scaled already; returns <c>[B, Hq, T, D]</c>.</summary>
    public static Tensor Apply(Tensor query, Tensor key, Tensor value, Tensor prefixKey, Tensor prefixValue, AttentionMask mask)
    {
        (long b, long heads, long t, long d) = (query.shape[0], query.shape[1], query.shape[2], query.shape[3]);
        (long groups, long s, long p) = (key.shape[1], key.shape[2], prefixKey.shape[2]);
        long rows = heads / groups * t;
        Tensor grouped = query.reshape(b, groups, rows, d);
        Tensor shared = Regroup(grouped, b, groups, rows).matmul(prefixKey[0].transpose(1, 2)); // [Hkv, B*g*T, P]
        Tensor own = grouped.matmul(key.transpose(2, 3));                                      // [B, Hkv, g*T, S]
        Tensor scores = torch.cat([Ungroup(shared, b, groups, rows), own], -1);
        CausalAttention.Mask(scores.view(b, groups, heads / groups, t, p + s), mask, t, p + s);
        Tensor weights = AttentionSoftmax.Apply(scores);
        Tensor fromShared = Regroup(weights.narrow(3, 0, p), b, groups, rows).matmul(prefixValue[0]);
        Tensor fromOwn = weights.narrow(3, p, s).matmul(value);
        return fromOwn.add_(Ungroup(fromShared, b, groups, rows)).view(b, heads, t, d);
    }

    private static Tensor Regroup(Tensor x, long b, long groups, long rows) =>
        x.transpose(0, 1).reshape(groups, b * rows, x.shape[3]);

    private static Tensor Ungroup(Tensor x, long b, long groups, long rows) =>
        x.view(groups, b, rows, x.shape[2]).transpose(0, 1);
}
