using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>
/// Decomposed relative positions (MViTv2, Li et al. 2022, section 4.1): a query adds to its attention scores the products of itself
/// with one vector for the distance in rows and one for the distance in columns.
/// </summary>
internal static class RelativePositions
{
    /// <summary>The vectors for every pair of places on one axis.</summary>
    /// <param name="table">One vector for each distance, <c>[L, d]</c>; stretched linearly when L is not <c>2 size - 1</c>.</param>
    /// <param name="size">Places on the axis.</param>
    /// <returns><c>[size, size, d]</c>: entry (q, k) is for distance q - k.</returns>
    public static Tensor Expand(Tensor table, long size)
    {
        using DisposeScope scope = NewDisposeScope();
        long length = 2 * size - 1;
        if (table.shape[0] != length)
            table = nn.functional.interpolate(table.t().unsqueeze(0), [length], mode: InterpolationMode.Linear, align_corners: false).squeeze(0).t();
        Tensor places = arange(size, dtype: ScalarType.Int64, device: table.device);
        Tensor distance = (places.unsqueeze(1) - places.unsqueeze(0) + (size - 1)).reshape(-1);
        return table.index_select(0, distance).reshape(size, size, -1).MoveToOuterDisposeScope();
    }

    /// <summary>Adds to attention scores, in place.</summary>
    /// <param name="scores"><c>[N, S S, S S]</c>, contiguous.</param>
    /// <param name="queries">Before they are scaled, <c>[N, S S, d]</c>.</param>
    /// <param name="rows">From <see cref="Expand"/>, for rows.</param>
    /// <param name="columns">From <see cref="Expand"/>, for columns.</param>
    public static void AddTo(Tensor scores, Tensor queries, Tensor rows, Tensor columns)
    {
        using DisposeScope scope = NewDisposeScope();
        long n = queries.shape[0], size = rows.shape[0];
        Tensor grid = queries.reshape(n, size, size, -1);
        // [N, h, w, d] x [h, d, k]: each row of queries has its own matrix; columns likewise after a swap.
        Tensor byRow = grid.matmul(rows.transpose(1, 2));
        Tensor byColumn = grid.transpose(1, 2).matmul(columns.transpose(1, 2)).transpose(1, 2);
        Tensor view = scores.view(n, size, size, size, size);
        view.add_(byRow.unsqueeze(-1));
        view.add_(byColumn.unsqueeze(-2));
    }
}
