namespace Pixelis.Modeling;

/// <summary>
/// What a cache knows of one row's columns: which are padding, and after each of them how far the position of the next
/// token is from its column (Qwen2.5-VL calls this the rope delta; pictures take fewer positions than tokens).
/// </summary>
internal sealed class CacheRow
{
    private bool[] _padding;
    private long[] _offsets;

    public CacheRow(int capacity)
    {
        _padding = new bool[capacity];
        _offsets = new long[capacity];
    }

    private CacheRow(bool[] padding, long[] offsets)
    {
        _padding = padding;
        _offsets = offsets;
    }

    /// <summary>Position of the token that follows the first <paramref name="length"/> columns, minus its column.</summary>
    public long OffsetAt(int length) => length == 0 ? 0 : _offsets[length - 1];

    public bool IsPadding(int column) => _padding[column];

    /// <summary>Records columns of plain text, of which some may be padding.</summary>
    public void Write(int start, ReadOnlySpan<bool> padding, int columns)
    {
        long offset = OffsetAt(start);
        for (int i = 0; i < columns; i++)
        {
            bool padded = !padding.IsEmpty && padding[i];
            _padding[start + i] = padded;
            offset -= padded ? 1 : 0;
            _offsets[start + i] = offset;
        }
    }

    /// <summary>Records columns whose offsets were worked out by the model.</summary>
    public void Write(int start, ReadOnlySpan<bool> padding, ReadOnlySpan<long> offsets)
    {
        if (padding.IsEmpty)
            Array.Clear(_padding, start, offsets.Length);
        else
            padding.CopyTo(_padding.AsSpan(start));
        offsets.CopyTo(_offsets.AsSpan(start));
    }

    public CacheRow Copy(int capacity)
    {
        bool[] padding = (bool[])_padding.Clone();
        long[] offsets = (long[])_offsets.Clone();
        Array.Resize(ref padding, capacity);
        Array.Resize(ref offsets, capacity);
        return new CacheRow(padding, offsets);
    }

    /// <summary>The row moved right by a number of columns, which become padding.</summary>
    public CacheRow ShiftRight(int columns, int length, int capacity)
    {
        var shifted = new CacheRow(capacity);
        for (int c = 0; c < columns; c++)
        {
            shifted._padding[c] = true;
            shifted._offsets[c] = -(c + 1);
        }

        for (int c = 0; c < length; c++)
        {
            shifted._padding[c + columns] = _padding[c];
            shifted._offsets[c + columns] = _offsets[c] - columns;
        }

        return shifted;
    }

    public void Resize(int capacity)
    {
        Array.Resize(ref _padding, capacity);
        Array.Resize(ref _offsets, capacity);
    }
}
