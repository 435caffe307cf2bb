using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Attention within segments, without a causal mask.</summary>
internal static class SegmentAttention
{
    private const long BlockRows = 512; // bounds the scores of a large frame when no gradient is needed

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
        Tensor scaled = query * (1 / Math.Sqrt(query.shape[2]));
        var parts = new List<Tensor>();
        foreach ((int count, int length, Tensor? rows) in segments.Groups)
        {
            using DisposeScope groupScope = torch.NewDisposeScope();
            Tensor part = Group(Split(scaled, rows, count, length), Split(key, rows, count, length), Split(value, rows, count, length));
            parts.Add(part.transpose(1, 2).reshape(count * length, width).MoveToOuterDisposeScope());
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

    private static Tensor Group(Tensor query, Tensor key, Tensor value)
    {
        Tensor turned = key.transpose(2, 3);
        long length = query.shape[2];
        if (torch.is_grad_enabled() || length <= BlockRows)
            return AttentionSoftmax.Apply(query.matmul(turned)).matmul(value);
        var blocks = new List<Tensor>();
        for (long first = 0; first < length; first += BlockRows)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            Tensor scores = query.narrow(2, first, Math.Min(BlockRows, length - first)).matmul(turned);
            blocks.Add(AttentionSoftmax.Apply(scores).matmul(value).MoveToOuterDisposeScope());
        }

        return torch.cat(blocks.ToArray(), 2);
    }
}
