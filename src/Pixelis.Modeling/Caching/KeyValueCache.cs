using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>
/// Keys and values of the tokens a model has read, preallocated: one pair of tensors a layer. All rows hold the same number
/// of columns; shorter rows are padded on the left. A cache may start with a prefix that its rows share with the cache it was
/// forked from (<see cref="Fork"/>): a group of completions keeps its prompt once. Not thread-safe.
/// </summary>
public sealed partial class KeyValueCache : IDisposable
{
    private readonly List<CacheRow> _rows = [];
    private KeyValueStore _own;
    private KeyValueStore? _prefix;
    private int _ownColumns;   // columns the store has room for
    private int _sharedLength; // own columns that forks still look at: they must not be overwritten in place
    private int _pending;      // columns begun by BeginAppend and not yet committed

    /// <summary>Makes an empty cache.</summary>
    /// <param name="layout">Sizes of the model.</param>
    /// <param name="batch">Rows, at least 1.</param>
    /// <param name="capacity">Most columns a row may hold, at least 1.</param>
    public KeyValueCache(KeyValueLayout layout, int batch, int capacity)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Layout = layout;
        _ownColumns = capacity;
        _own = KeyValueStore.Allocate(layout, batch, capacity);
        for (int row = 0; row < batch; row++)
            _rows.Add(new CacheRow(capacity));
    }

    private KeyValueCache(KeyValueLayout layout, KeyValueStore prefix, int prefixLength, IEnumerable<CacheRow> rows, int ownColumns)
    {
        Layout = layout;
        PrefixLength = prefixLength;
        Length = prefixLength;
        _prefix = prefix;
        _ownColumns = ownColumns;
        _rows.AddRange(rows);
        _own = KeyValueStore.Allocate(layout, _rows.Count, ownColumns);
    }

    /// <summary>Sizes of the model it was made for.</summary>
    public KeyValueLayout Layout { get; }

    /// <summary>Number of rows.</summary>
    public int Batch => _rows.Count;

    /// <summary>Columns a row can hold, the shared prefix included.</summary>
    public int Capacity => PrefixLength + _ownColumns;

    /// <summary>Columns held, padding and the shared prefix included.</summary>
    public int Length { get; private set; }

    /// <summary>Leading columns that all rows share; 0 without a fork.</summary>
    public int PrefixLength { get; private set; }

    /// <summary>Bytes of the tensors this cache allocated itself; a shared prefix counts where it was made.</summary>
    public long ByteCount => (long)Batch * _ownColumns * Layout.BytesPerToken;

    /// <summary>Whether a column is padding in some row.</summary>
    public bool IsPadding(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)Length);
        return _rows[row].IsPadding(column);
    }

    /// <summary>Position that the next token of a row gets (all three axes of a multimodal model alike).</summary>
    public long NextPosition(int row) => Length + _rows[row].OffsetAt(Length);

    /// <summary>
    /// Forgets all columns from <paramref name="length"/> on, so that another continuation can follow. Costs nothing, unless
    /// it cuts into what forks share: then the next append moves this cache to storage of its own.
    /// </summary>
    /// <param name="length">Columns to keep: from <see cref="PrefixLength"/> to <see cref="Length"/>.</param>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, PrefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        Length = length;
        _pending = 0;
    }

    /// <summary>Makes room for at least <paramref name="capacity"/> columns in all; keeps what is held. Never shrinks.</summary>
    public void Reserve(int capacity)
    {
        if (capacity > Capacity)
            Reallocate(capacity - PrefixLength);
    }

    /// <summary>Frees the storage. Forks keep the part they share.</summary>
    public void Dispose()
    {
        _own.Dispose();
        _prefix?.Dispose();
        _paddingBias?.Dispose();
        _paddingBias = null;
    }

    private void Reallocate(int ownColumns)
    {
        KeyValueStore larger = KeyValueStore.Allocate(Layout, Batch, ownColumns);
        larger.CopyFrom(_own, Length - PrefixLength);
        _own.Dispose();
        _own = larger;
        _ownColumns = ownColumns;
        _sharedLength = 0;
        foreach (CacheRow row in _rows)
            row.Resize(Capacity);
        ForgetPaddingBias();
    }
}
