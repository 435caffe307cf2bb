using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// Causal attention with grouped queries (Ainslie et al., 2023): key/value head j serves query heads j*g to j*g+g-1. Keys
/// and values are never repeated; the g query heads of a group are rows of one product instead.
/// </summary>
public static class CausalAttention
{
    // Query rows of one block when no gradient is needed: bounds the scores to block * S instead of T * S and skips the
    // half of the products that the causal mask would throw away.
    private const long BlockRows = 256;

    /// <summary>Attends.</summary>
    /// <param name="query">The newest T columns, <c>[B, Hq, T, D]</c>.</param>
    /// <param name="key">All S columns of the rows' own, the newest last, <c>[B, Hkv, S, D]</c>.</param>
    /// <param name="value">As <paramref name="key"/>.</param>
    /// <param name="prefixKey">Columns before them that all rows share, <c>[1, Hkv, P, D]</c>, or null.</param>
    /// <param name="prefixValue">As <paramref name="prefixKey"/>.</param>
    /// <param name="mask">Padding and triangle; its padding covers P + S columns.</param>
    /// <param name="scale">Factor of the scores, usually 1/sqrt(D).</param>
    /// <returns><c>[B, T, Hq * D]</c>, in the dispose scope of the caller.</returns>
    public static Tensor Apply(
        Tensor query, Tensor key, Tensor value, Tensor? prefixKey, Tensor? prefixValue, AttentionMask mask, double scale) =>
        TensorRuntime.Current.CausalAttention(query, key, value, prefixKey, prefixValue, mask, scale);

    internal static Tensor Compose(
        Tensor query, Tensor key, Tensor value, Tensor? prefixKey, Tensor? prefixValue, AttentionMask mask, double scale)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor scaled = query * scale;
        Tensor result;
        if (prefixKey is not null)
            result = PrefixAttention.Apply(scaled, key, value, prefixKey, prefixValue!, mask);
        else if (torch.is_grad_enabled() && key.shape[2] == mask.QueryColumns)
            result = Whole(scaled, key, value, mask);
        else
            result = Blocks(scaled, key, value, mask);
        long[] shape = query.shape;
        return result.transpose(1, 2).reshape(shape[0], shape[2], shape[1] * shape[3]).MoveToOuterDisposeScope();
    }

    /// <summary>All queries at once, nothing in place: for training, where queries and keys are the same columns.</summary>
    private static Tensor Whole(Tensor query, Tensor key, Tensor value, AttentionMask mask)
    {
        (long b, long heads, long t, long d) = (query.shape[0], query.shape[1], query.shape[2], query.shape[3]);
        (long groups, long s) = (key.shape[1], key.shape[2]);
        long perGroup = heads / groups;
        Tensor scores = query.reshape(b, groups, perGroup * t, d).matmul(key.transpose(2, 3)).view(b, groups, perGroup, t, s);
        Tensor weights = AttentionSoftmax.Apply(scores + mask.Full().unsqueeze(1));
        return weights.view(b, groups, perGroup * t, s).matmul(value).view(b, heads, t, d);
    }

    private static Tensor Blocks(Tensor query, Tensor key, Tensor value, AttentionMask mask)
    {
        (long t, long s) = (query.shape[2], key.shape[2]);
        if (t <= BlockRows)
            return Block(query, key, value, mask);
        var parts = new List<Tensor>();
        for (long first = 0; first < t; first += BlockRows)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            long rows = Math.Min(BlockRows, t - first);
            long columns = s - t + first + rows;
            Tensor part = Block(query.narrow(2, first, rows), key.narrow(2, 0, columns), value.narrow(2, 0, columns), mask);
            parts.Add(part.MoveToOuterDisposeScope());
        }

        return torch.cat(parts.ToArray(), 2);
    }

    /// <summary>Queries that are the newest columns of their keys.</summary>
    private static Tensor Block(Tensor query, Tensor key, Tensor value, AttentionMask mask)
    {
        (long b, long heads, long t, long d) = (query.shape[0], query.shape[1], query.shape[2], query.shape[3]);
        (long groups, long s) = (key.shape[1], key.shape[2]);
        long perGroup = heads / groups;
        Tensor scores = query.reshape(b, groups, perGroup * t, d).matmul(key.transpose(2, 3));
        Mask(scores.view(b, groups, perGroup, t, s), mask, t, s);
        return AttentionSoftmax.Apply(scores).matmul(value).view(b, heads, t, d);
    }

    /// <summary>Adds the mask in place to scores <c>[B, Hkv, g, T, S]</c> whose queries are the last T of the S columns.</summary>
    internal static void Mask(Tensor scores, AttentionMask mask, long t, long s)
    {
        if (t > 1)
            scores.narrow(4, s - t, t).add_(mask.Triangle(t));
        if (mask.Padding is { } padding)
        {
            // In place and clamped: the sum of two lowest values would be minus infinity, and a row of those NaN.
            scores.add_(padding.narrow(3, 0, s).unsqueeze(1));
            if (t > 1)
                scores.clamp_(ElementTypes.LowestFinite(mask.Type), ElementTypes.HighestFinite(mask.Type));
        }
    }
}
