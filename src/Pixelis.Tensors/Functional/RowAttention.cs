using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// One decoding step of sequences of different lengths, each with storage of its own: no row is padded, and rows come and go between two
/// steps without a copy. Rows that share a prefix stand together where that prefix should be read once (as in paged attention, Kwon et al.
/// 2023, with pages as long as a sequence).
/// </summary>
public static class RowAttention
{
    /// <summary>Stores each row's new key and value after those it holds, and attends to all of them. Records no gradient.</summary>
    /// <param name="query">The newest column of each row, <c>[B, Hq, 1, D]</c>.</param>
    /// <param name="key">Its key, <c>[B, Hkv, 1, D]</c>.</param>
    /// <param name="value">Its value, <c>[B, Hkv, 1, D]</c>.</param>
    /// <param name="rows">One entry a row, with room for one more column.</param>
    /// <param name="scale">Factor of the scores, usually 1/sqrt(D).</param>
    /// <returns><c>[B, 1, Hq * D]</c>, in the dispose scope of the caller: each row's numbers are those it would get alone.</returns>
    public static Tensor Apply(Tensor query, Tensor key, Tensor value, IReadOnlyList<RowKeyValues> rows, double scale) =>
        TensorRuntime.Current.RowAttention(query, key, value, rows, scale);

    internal static Tensor Compose(Tensor query, Tensor key, Tensor value, IReadOnlyList<RowKeyValues> rows, double scale)
    {
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        using var mask = new AttentionMask(1, null, query.dtype, query.device);
        var parts = new Tensor[rows.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            (Tensor keys, Tensor values, int length, Tensor? prefixKeys, Tensor? prefixValues) = rows[i];
            keys.narrow(2, length, 1).copy_(key.narrow(0, i, 1));
            values.narrow(2, length, 1).copy_(value.narrow(0, i, 1));
            parts[i] = CausalAttention.Compose(
                query.narrow(0, i, 1), keys.narrow(2, 0, length + 1), values.narrow(2, 0, length + 1), prefixKeys, prefixValues, mask, scale);
        }

        return torch.cat(parts, 0).MoveToOuterDisposeScope();
    }
}
