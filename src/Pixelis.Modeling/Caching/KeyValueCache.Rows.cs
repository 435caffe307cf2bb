using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <content>Groups and continuous batching: fork, keep, add rows.</content>
public sealed partial class KeyValueCache
{
    /// <summary>
    /// Makes a cache of several rows that all continue one row of this cache. What the row holds is shared, not copied (unless
    /// this cache itself starts with a shared prefix: then the two parts are joined once). Either cache may be disposed first.
    /// </summary>
    /// <param name="rows">Rows of the new cache.</param>
    /// <param name="capacity">Most columns a row may hold, the shared ones included; more than <see cref="Length"/>.</param>
    /// <param name="sourceRow">The row to continue.</param>
    /// <param name="length">Columns to continue from, at least <see cref="PrefixLength"/>; null for all that the row holds.</param>
    public KeyValueCache Fork(int rows, int capacity, int sourceRow = 0, int? length = null)
    {
        int columns = length ?? Length;
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, Length, nameof(length));
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, PrefixLength, nameof(length));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(capacity, columns);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)sourceRow, (uint)Batch);
        if (columns == 0)
            return new KeyValueCache(Layout, rows, capacity);
        IEnumerable<CacheRow> records = Enumerable.Range(0, rows).Select(_ => _rows[sourceRow].Copy(capacity));
        return new KeyValueCache(Layout, Share(sourceRow, columns), columns, records, capacity - columns);
    }

    /// <summary>The first columns of a row, as views where the row holds them in one piece.</summary>
    private KeyValueStore Share(int row, int columns)
    {
        int own = columns - PrefixLength;
        if (_prefix is not null && own == 0)
            return _prefix.Transform(t => t.alias());
        KeyValueStore shared = _own.Transform(t => RowColumns(t, row, own));
        if (_prefix is not null)
            return Join(_prefix, shared);
        _sharedLength = Math.Max(_sharedLength, own);
        return shared;
    }

    /// <summary>Keeps only the given rows, in the given order; a row may be named twice.</summary>
    public void KeepRows(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count);
        foreach (int row in rows)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Batch);
        using (Tensor index = torch.tensor(rows.Select(r => (long)r).ToArray(), device: Layout.Device))
            ReplaceOwn(_own.Transform(t => t.index_select(0, index)));
        CacheRow[] kept = rows.Select(r => _rows[r].Copy(Capacity)).ToArray();
        _rows.Clear();
        _rows.AddRange(kept);
        ForgetPaddingBias();
    }

    /// <summary>
    /// Appends copies of another cache's rows. Rows are aligned at their last column, so the shorter side gets padding on the
    /// left. A shared prefix on either side is copied into the rows first.
    /// </summary>
    /// <param name="other">A cache of the same layout; it is not changed.</param>
    public void AddRows(KeyValueCache other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Layout.HasShapeOf(other.Layout))
            throw new ArgumentException("The caches belong to models of different sizes.", nameof(other));
        int length = Math.Max(Length, other.Length);
        int capacity = Math.Max(Capacity, other.Capacity);
        KeyValueStore joined = KeyValueStore.Allocate(Layout, Batch + other.Batch, capacity);
        CopyRowsTo(joined, 0, length);
        other.CopyRowsTo(joined, Batch, length);
        CacheRow[] rows =
        [
            .. _rows.Select(r => r.ShiftRight(length - Length, Length, capacity)),
            .. other._rows.Select(r => r.ShiftRight(length - other.Length, other.Length, capacity)),
        ];
        ReplaceOwn(joined);
        _prefix?.Dispose();
        _prefix = null;
        PrefixLength = 0;
        Length = length;
        _ownColumns = capacity;
        _rows.Clear();
        _rows.AddRange(rows);
        ForgetPaddingBias();
    }

    private static Tensor RowColumns(Tensor tensor, int row, int columns)
    {
        using Tensor line = tensor.narrow(0, row, 1);
        return line.narrow(2, 0, columns);
    }

    private static KeyValueStore Join(KeyValueStore first, KeyValueStore second)
    {
        int index = 0;
        Tensor[] tails = [.. second.Keys, .. second.Values];
        KeyValueStore joined = first.Transform(t => torch.cat([t, tails[index++]], 2));
        second.Dispose();
        return joined;
    }

    private void CopyRowsTo(KeyValueStore target, int toRow, int length)
    {
        int shift = length - Length;
        if (_prefix is not null)
        {
            using KeyValueStore expanded = _prefix.Transform(t => t.expand(Batch, -1, -1, -1));
            target.CopyFrom(expanded, PrefixLength, toRow, shift);
        }

        target.CopyFrom(_own, Length - PrefixLength, toRow, shift + PrefixLength);
    }

    private void ReplaceOwn(KeyValueStore store)
    {
        _own.Dispose();
        _own = store;
        _sharedLength = 0;
        _pending = 0;
    }
}
