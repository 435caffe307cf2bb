using System.Numerics.Tensors;

namespace Pixelis.Online.Neighbors;

/// <summary>
/// Vectors one after another, in blocks that never move: readers need no lock. Those who append or hide take turns among themselves.
/// </summary>
internal sealed class VectorRows(int dimension)
{
    private const int RowsPerBlock = 256;

    private Block[] _blocks = [];
    private int _count;

    /// <summary>Rows, hidden ones included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a row and returns its number.</summary>
    public int Append(long id, int tenant, ReadOnlySpan<float> vector)
    {
        int row = _count;
        if (row == _blocks.Length * RowsPerBlock)
            Volatile.Write(ref _blocks, [.. _blocks, new Block(dimension)]);
        Block block = _blocks[row / RowsPerBlock];
        int at = row % RowsPerBlock;
        vector.CopyTo(block.Row(at));
        block.Ids[at] = id;
        block.Tenants[at] = tenant;
        block.IsLive[at] = true;
        Volatile.Write(ref _count, row + 1);
        return row;
    }

    /// <summary>Takes a row out of every later search, and its numbers out of memory.</summary>
    public void Hide(int row)
    {
        Block block = _blocks[row / RowsPerBlock];
        Volatile.Write(ref block.IsLive[row % RowsPerBlock], false);
        block.Row(row % RowsPerBlock).Clear();
    }

    /// <summary>Offers every row of a tenant (of all for a negative number).</summary>
    public void Search(ReadOnlySpan<float> query, int tenant, ref TopHits hits)
    {
        int count = Count;
        Block[] blocks = Volatile.Read(ref _blocks);
        for (int row = 0; row < count; row++)
        {
            Block block = blocks[row / RowsPerBlock];
            int at = row % RowsPerBlock;
            if ((tenant < 0 || block.Tenants[at] == tenant) && Volatile.Read(ref block.IsLive[at]))
                hits.Offer(block.Ids[at], TensorPrimitives.Dot(query, block.Row(at)));
        }
    }

    /// <summary>The rows that are not hidden, from one number to before another.</summary>
    public VectorBatch Live(int from, int to)
    {
        int[] rows = [.. Enumerable.Range(from, to - from).Where(r => Volatile.Read(ref _blocks[r / RowsPerBlock].IsLive[r % RowsPerBlock]))];
        var batch = new VectorBatch(new float[checked(rows.Length * dimension)], new long[rows.Length], new int[rows.Length]);
        for (int i = 0; i < rows.Length; i++)
        {
            Block block = _blocks[rows[i] / RowsPerBlock];
            int at = rows[i] % RowsPerBlock;
            block.Row(at).CopyTo(batch.Values.AsSpan(i * dimension));
            batch.Ids[i] = block.Ids[at];
            batch.Tenants[i] = block.Tenants[at];
        }
        return batch;
    }

    private sealed class Block(int dimension)
    {
        public readonly float[] Values = new float[RowsPerBlock * dimension];
        public readonly long[] Ids = new long[RowsPerBlock];
        public readonly int[] Tenants = new int[RowsPerBlock];
        public readonly bool[] IsLive = new bool[RowsPerBlock];

        public Span<float> Row(int at) => Values.AsSpan(at * dimension, dimension);
    }
}
