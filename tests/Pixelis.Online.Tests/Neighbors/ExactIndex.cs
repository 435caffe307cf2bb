namespace Pixelis.Online.Neighbors;

/// <summary>
/// Looks at every vector: always right, and fast enough for some ten thousand. It needs no time to build and has nothing worth saving.
/// </summary>
/// <param name="dimension">Length of the vectors, 1 or more.</param>
internal sealed class ExactIndex(int dimension) : INeighborIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _rowOf = [];
    private VectorRows _rows = new(dimension);

    /// <inheritdoc />
    public int Dimension { get; } = dimension > 0 ? dimension : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "The length of vectors is 1 or more.");

    /// <inheritdoc />
    public long Count
    {
        get
        {
            lock (_gate)
                return _rowOf.Count;
        }
    }

    /// <inheritdoc />
    public void Add(long id, int tenant, ReadOnlySpan<float> vector)
    {
        IndexArguments.Check(vector, tenant, Dimension);
        lock (_gate)
        {
            if (!_rowOf.ContainsKey(id))
                _rowOf[id] = _rows.Append(id, tenant, vector);
        }
    }

    /// <inheritdoc />
    public bool Remove(long id)
    {
        lock (_gate)
        {
            if (!_rowOf.Remove(id, out int row))
                return false;
            _rows.Hide(row);
            if (_rows.Count > 1024 && _rows.Count > _rowOf.Count * 2)
                Compact();
            return true;
        }
    }

    /// <inheritdoc />
    public int Search(ReadOnlySpan<float> query, int tenant, Span<NeighborHit> hits)
    {
        IndexArguments.CheckLength(query, Dimension);
        var top = new TopHits(hits);
        Volatile.Read(ref _rows).Search(query, tenant, ref top);
        return top.Count;
    }

    /// <inheritdoc />
    public Task RebuildAsync(bool thoroughly = false, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
            Compact();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        File.Delete(path);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Load(string path)
    {
    }

    /// <summary>Does nothing: it holds managed memory only.</summary>
    public void Dispose()
    {
    }

    private void Compact()
    {
        VectorBatch live = _rows.Live(0, _rows.Count);
        var rows = new VectorRows(Dimension);
        for (int i = 0; i < live.Count; i++)
            _rowOf[live.Ids[i]] = rows.Append(live.Ids[i], live.Tenants[i], live.Values.AsSpan(i * Dimension, Dimension));
        Volatile.Write(ref _rows, rows);
    }
}
