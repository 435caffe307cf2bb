using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Pixelis.Online.Neighbors;

/// <summary>
/// Neighbours by a graph (hnswlib's) that is never changed while it is searched. New vectors wait in a tail that each search looks at
/// whole; when it is long enough, it is linked into a copy of the graph in the background and the copy takes the graph's place. Of a
/// tenant with few vectors all are looked at, so recall does not suffer from the filter. Equal vectors share a place in the graph.
/// Memory: about <c>4 * dimension + 8 * links + 150</c> bytes a vector, twice that while a copy is made.
/// </summary>
internal sealed class HnswIndex : INeighborIndex
{
    private const int CalibrationQueries = 60;

    private readonly HnswOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<long> _ids = [];
    private Dictionary<long, int> _tailRowOf = [];
    private List<long>? _removedMeanwhile;
    private Task _background = Task.CompletedTask;
    private long _calibratedAt;
    private volatile State _state;

    private sealed record State(HnswGraph? Graph, VectorRows Tail);

    /// <summary>Makes an empty index.</summary>
    /// <param name="dimension">Length of the vectors, 1 to 65536.</param>
    /// <param name="options">Of the graph; null for the defaults.</param>
    /// <param name="logger">Is told when work in the background fails.</param>
    /// <exception cref="PixelisException">An option is out of its range.</exception>
    public HnswIndex(int dimension, HnswOptions? options = null, ILogger? logger = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, 65536);
        _options = options ?? new HnswOptions();
        _options.Validate();
        _logger = logger ?? NullLogger.Instance;
        Dimension = dimension;
        _state = new State(null, new VectorRows(dimension));
    }

    /// <inheritdoc />
    public int Dimension { get; }

    /// <inheritdoc />
    public long Count
    {
        get
        {
            lock (_gate)
                return _ids.Count;
        }
    }

    /// <summary>Candidates that searches keep now; 0 while there is no graph.</summary>
    public int Ef => _options.Ef > 0 ? _options.Ef : UseGraph(graph => graph.Ef);

    /// <summary>How many vectors are in the graph; the others wait in the tail.</summary>
    internal long InGraph => UseGraph(graph => graph.Counts.Live);

    /// <summary>How many places of the graph hold the vector of one that was removed.</summary>
    internal long Unscrubbed => UseGraph(graph => graph.Unscrubbed);

    /// <inheritdoc />
    public void Add(long id, int tenant, ReadOnlySpan<float> vector)
    {
        IndexArguments.Check(vector, tenant, Dimension);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            if (!_ids.Add(id))
                return;
            // While a copy is made, what is hidden in the graph has already been left out of it.
            if (_removedMeanwhile is null && _state.Graph?.Revive(id, tenant, vector) == true)
                return;
            _tailRowOf[id] = _state.Tail.Append(id, tenant, vector);
            if (_state.Tail.Count >= _options.TailSize && _background.IsCompleted)
                _background = Task.Run(LinkTailAsync);
        }
    }

    /// <inheritdoc />
    public bool Remove(long id)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            if (!_ids.Remove(id))
                return false;
            _removedMeanwhile?.Add(id);
            _state.Graph?.Remove(id);
            if (_tailRowOf.Remove(id, out int row))
                _state.Tail.Hide(row);
            return true;
        }
    }

    /// <inheritdoc />
    public int Search(ReadOnlySpan<float> query, int tenant, Span<NeighborHit> hits) => Search(query, tenant, hits, isExact: false);

    /// <summary>As <see cref="Search(ReadOnlySpan{float}, int, Span{NeighborHit})"/>; exact for looking at every vector.</summary>
    internal int Search(ReadOnlySpan<float> query, int tenant, Span<NeighborHit> hits, bool isExact)
    {
        IndexArguments.CheckLength(query, Dimension);
        while (true)
        {
            State state = _state;
            var top = new TopHits(hits);
            try
            {
                if (hits.Length > 0)
                    state.Graph?.Search(query, tenant, hits.Length, _options.Ef, isExact, ref top);
            }
            catch (ObjectDisposedException) when (state != _state)
            {
                continue; // its successor came before this search had begun
            }
            state.Tail.Search(query, tenant, ref top);
            return top.Count;
        }
    }

    /// <inheritdoc />
    public async Task RebuildAsync(bool thoroughly = false, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        await _making.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            await Task.Run(() => Replace(thoroughly, either.Token), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <inheritdoc />
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        await _making.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            // No vector of a removed one goes to disk.
            if (_state.Graph?.Unscrubbed > 0)
                await Task.Run(() => Replace(thoroughly: false, either.Token), CancellationToken.None).ConfigureAwait(false);
            if (_state.Graph is { } graph)
                await Task.Run(() => graph.Save(path), CancellationToken.None).ConfigureAwait(false);
            else
                File.Delete(path);
        }
        finally
        {
            _making.Release();
        }
    }

    /// <inheritdoc />
    public void Load(string path)
    {
        HnswGraph graph = HnswGraph.Load(path, Dimension);
        lock (_gate)
        {
            if (_state.Graph is not null || _state.Tail.Count > 0)
            {
                graph.Dispose();
                throw new InvalidOperationException("An index is loaded while it is empty.");
            }
            _state = new State(graph, _state.Tail);
            _calibratedAt = graph.Counts.Members;
        }
    }

    /// <summary>Ends work in the background and frees the graph.</summary>
    public void Dispose()
    {
        Task background;
        lock (_gate)
        {
            if (_closing.IsCancellationRequested)
                return;
            _closing.Cancel();
            background = _background;
        }
        background.Wait();
        _making.Wait();
        _state.Graph?.Dispose();
    }

    /// <summary>Writes the graph in hnswlib's own format, for comparisons.</summary>
    internal void ExportPlain(string path) => (_state.Graph ?? throw new InvalidOperationException("There is no graph.")).ExportPlain(path);

    private async Task LinkTailAsync()
    {
        try
        {
            (_, long members, long live) = UseGraph(graph => graph.Counts);
            await RebuildAsync(thoroughly: members - live > (live / 2) + 100).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            // Searches go on over the graph there is and a longer tail; the next addition tries again.
            _logger.LogError(e, "New vectors could not be linked into the graph of neighbours");
        }
    }

    private void Replace(bool thoroughly, CancellationToken cancellationToken)
    {
        State before;
        int rows;
        lock (_gate)
        {
            before = _state;
            rows = before.Tail.Count;
            _removedMeanwhile = [];
        }
        HnswGraph? made = null;
        try
        {
            made = Make(before, rows, thoroughly, cancellationToken);
            lock (_gate)
                Swap(before, made, rows);
            before.Graph?.Dispose();
        }
        catch
        {
            made?.Dispose();
            throw;
        }
        finally
        {
            lock (_gate)
                _removedMeanwhile = null;
        }
    }

    private HnswGraph? Make(State before, int rows, bool thoroughly, CancellationToken cancellationToken)
    {
        VectorBatch batch = before.Tail.Live(0, rows);
        long live = (before.Graph?.Counts.Live ?? 0) + batch.Count;
        if (live == 0 || (before.Graph is null && live < _options.TailSize))
            return null;
        HnswGraph made = HnswGraph.Make(before.Graph, thoroughly, Dimension, _options, batch, cancellationToken);
        if (_options.Ef == 0 && (thoroughly || before.Graph is null || live > _calibratedAt + _calibratedAt / 2))
        {
            made.Calibrate(_options.TargetRecall, CalibrationQueries, cancellationToken);
            _calibratedAt = live;
        }
        return made;
    }

    private void Swap(State before, HnswGraph? made, int rows)
    {
        foreach (long id in _removedMeanwhile!)
            made?.Remove(id);
        // What came meanwhile, and everything when there are too few for a graph.
        VectorBatch rest = before.Tail.Live(made is null ? 0 : rows, before.Tail.Count);
        var tail = new VectorRows(Dimension);
        var rowOf = new Dictionary<long, int>();
        for (int i = 0; i < rest.Count; i++)
            rowOf[rest.Ids[i]] = tail.Append(rest.Ids[i], rest.Tenants[i], rest.Values.AsSpan(i * Dimension, Dimension));
        _tailRowOf = rowOf;
        _state = new State(made, tail);
    }

    private T UseGraph<T>(Func<HnswGraph, T> use)
        where T : struct
    {
        lock (_gate)
            return _state.Graph is { } graph ? use(graph) : default;
    }
}
