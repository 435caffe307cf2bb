using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Attention within segments, without a causal mask.</summary>
internal static class SegmentAttention
{
    /// <summary>Attends.</summary>
    /// <param name="query"><c>[N, heads, D]</c>.</param>
    /// <param name="key">As the query.</param>
    /// <param name="value">As the query.</param>
    /// <param name="segments">How the N rows are cut.</param>
    /// <returns><c>[N, heads * D]</c>, in the dispose scope of the caller.</returns>
    public static Tensor Apply(Tensor query, Tensor key, Tensor value, SegmentGroups segments)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        (long n, long width) = (query.shape[0], query.shape[1] * query.shape[2]);
        double scale = 1 / Math.Sqrt(query.shape[2]);
        var parts = new List<Tensor>();
        foreach ((int count, int length, Tensor? rows) in segments.Groups)
        {
            using DisposeScope groupScope = torch.NewDisposeScope();
            Tensor part = TensorRuntime.Current.FullAttention(
                Split(query, rows, count, length), Split(key, rows, count, length), Split(value, rows, count, length), scale);
            parts.Add(part.view(count * length, width).MoveToOuterDisposeScope());
        }

        Tensor all = parts.Count == 1 ? parts[0] : torch.cat(parts.ToArray(), 0);
        if (segments.Restore is not null)
            all = all.index_select(0, segments.Restore);
        return all.view(n, width).MoveToOuterDisposeScope();
    }

    private static Tensor Split(Tensor x, Tensor? rows, int count, int length)
    {
        Tensor chosen = rows is null ? x : x.index_select(0, rows);
        return chosen.view(count, length, x.shape[1], x.shape[2]).transpose(1, 2);
    }
}
