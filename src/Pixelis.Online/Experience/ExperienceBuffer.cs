using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pixelis.Online.Neighbors;
using Pixelis.Online.Storage;
using Pixelis.Trajectories;

namespace Pixelis.Online;

/// <summary>
/// Experiences in a folder: a SQLite database that is the truth (write-ahead log, flushed at each commit) and an index of neighbours
/// derived from it. One process writes; additions that come together are committed together. Reads run on the caller's thread and wait
/// for no write. What was acknowledged survives a kill at any moment.
/// </summary>
public sealed class ExperienceBuffer : IExperienceBuffer
{
    private readonly StoreFiles _files;
    private readonly StoreLock _lock;
    private readonly StoreWriter _writer;
    private readonly ExperienceReader _reader;
    private readonly NeighborKeeper _neighbors;
    private readonly StoreUpkeep _upkeep;
    private readonly ExperienceBufferOptions _options;
    private int _isClosed;

    private ExperienceBuffer(StoreFiles files, StoreLock taken, SqliteConnection connection, int dimension, ExperienceBufferOptions options)
    {
        ILogger logger = options.Logger ?? NullLogger.Instance;
        (_files, _lock, _options, Dimension) = (files, taken, options, dimension);
        _reader = new ExperienceReader(files, dimension);
        _neighbors = new NeighborKeeper(files, new HnswIndex(dimension, options.Neighbors, logger), logger);
        try
        {
            _neighbors.Fill(connection);
        }
        catch
        {
            _neighbors.Dispose();
            throw;
        }
        _writer = new StoreWriter(files, connection, logger);
        _upkeep = new StoreUpkeep(_writer, _reader, _neighbors, options, logger);
    }

    /// <inheritdoc />
    public int Dimension { get; }

    /// <summary>What can be read of the store; lives as long as the buffer.</summary>
    public ExperienceReader Reader => _reader;

    /// <summary>Opens a store for writing, or makes one.</summary>
    /// <param name="folder">Made if missing; holds nothing else.</param>
    /// <param name="options">Null for the defaults, which need a store that is there.</param>
    /// <exception cref="ExperienceStoreException">Another process writes to it, it is damaged, of another program, of a newer version, or of another dimension.</exception>
    /// <exception cref="PixelisException">An option is out of its range.</exception>
    public static ExperienceBuffer Open(string folder, ExperienceBufferOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new ExperienceBufferOptions();
        options.Validate();
        var files = new StoreFiles(folder);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ExperienceStoreException(folder, $"the folder cannot be made: {e.Message}", e);
        }
        StoreLock taken = StoreLock.Take(files);
        SqliteConnection? connection = null;
        try
        {
            return files.Guard(() =>
            {
                connection = files.OpenWriter(options.MostPages);
                int dimension = StoreSchema.Prepare(connection, files, options.Dimension);
                return new ExperienceBuffer(files, taken, connection, dimension, options);
            });
        }
        catch
        {
            connection?.Dispose();
            taken.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask<long> CountAsync(string? tenant = null, CancellationToken cancellationToken = default) => Read(() => _reader.Count(tenant), cancellationToken);

    /// <inheritdoc />
    public async ValueTask<Experience> AddAsync(Experience experience, CancellationToken cancellationToken = default)
    {
        ExperienceChecks.Check(experience, Dimension);
        cancellationToken.ThrowIfCancellationRequested();
        if (experience.CreatedAt == default)
            experience = experience with { CreatedAt = _options.Time.GetUtcNow() };
        var addition = new Addition(experience, _options);
        addition.Encode(hash => _reader.Read(connection => PictureStore.IsKept(connection, hash)), cancellationToken);
        Addition.Outcome outcome = await _writer.ChangeAsync(addition.Apply, Apply, cancellationToken).ConfigureAwait(false);
        return experience with { Id = outcome.Id };

        void Apply(Addition.Outcome done)
        {
            _neighbors.Remove(done.Left);
            _neighbors.Add(done.Id, experience.Tenant, done.Tenant, experience.Embedding.Span);
        }
    }

    /// <inheritdoc />
    public ValueTask<Experience?> FindAsync(long id, CancellationToken cancellationToken = default) => Read(() => _reader.Find(id), cancellationToken);

    /// <inheritdoc />
    public ValueTask<Experience?> FindByRequestAsync(string requestId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requestId);
        return Read(() => _reader.FindByRequest(requestId), cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<bool> RelabelAsync(long id, string? label, LabelSource source, double confidence, double priority, CancellationToken cancellationToken = default)
    {
        ExperienceChecks.CheckLabel(confidence, priority, $"number {id}");
        DateTimeOffset now = _options.Time.GetUtcNow();
        return await _writer.ChangeAsync(
            connection =>
            {
                connection.Run(
                    """
                    INSERT INTO label_change (experience, replaced_at, label, label_source, confidence, priority)
                    SELECT id, $2, label, label_source, confidence, priority FROM experience WHERE id = $1
                    """,
                    id, now.UtcTicks);
                return connection.Run(
                    "UPDATE experience SET label = $2, label_source = $3, confidence = $4, priority = $5 WHERE id = $1",
                    id, label, (long)source, confidence, priority) > 0;
            },
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public async ValueTask RecordUseAsync(IReadOnlyCollection<(long Id, bool WasRight)> uses, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uses);
        (long Id, bool WasRight)[] kept = [.. uses];
        await _writer.ChangeAsync(
            connection => kept.Sum(use => connection.Run("UPDATE experience SET uses = uses + 1, successes = successes + $2 WHERE id = $1", use.Id, use.WasRight ? 1L : 0L)),
            cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Neighbor>> FindNearestAsync(ReadOnlyMemory<float> embedding, int count, string tenant, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        ExperienceChecks.CheckEmbedding(embedding.Span, Dimension, "the query");
        return Read<IReadOnlyList<Neighbor>>(
            () =>
            {
                IReadOnlyList<NeighborHit> hits = _neighbors.Search(embedding.Span, tenant, count);
                return hits.Count == 0 ? [] : _reader.Read(connection => hits.Select(h => Describe(connection, h)).OfType<Neighbor>().ToList());
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Experience>> SampleAsync(int count, ulong seed, string? tenant = null, CancellationToken cancellationToken = default) =>
        Read<IReadOnlyList<Experience>>(
            () => _reader.Read(connection =>
            {
                var all = connection.All(
                    """
                    SELECT id, priority, uses, successes FROM experience
                    WHERE label IS NOT NULL AND label_source > 0 AND ($1 IS NULL OR tenant = (SELECT id FROM tenant WHERE name = $1))
                    """,
                    r => (r.GetInt64(0), ExperienceWorth.Weight(r.GetDouble(1), r.GetInt64(2), r.GetInt64(3))), tenant);
                return WeightedDraw.Draw(all, count, seed).Select(id => ExperienceRows.FindWhole(connection, id, _files.Database)!).ToList();
            }),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask RecordVersionAsync(string version, IReadOnlyCollection<long> experiences, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        ArgumentNullException.ThrowIfNull(experiences);
        long[] ids = [.. experiences];
        return new ValueTask(_writer.ChangeAsync(
            connection => ids.Sum(id => connection.Run(
                "INSERT OR IGNORE INTO version_experience (version, experience, subject) VALUES ($1, $2, (SELECT subject FROM experience WHERE id = $2))",
                version, id)),
            cancellationToken: cancellationToken));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<long>> ExperiencesOfAsync(string version, CancellationToken cancellationToken = default) =>
        Read(() => _reader.ExperiencesOf(version), cancellationToken);

    /// <inheritdoc />
    public ValueTask SetPendingAsync(IReadOnlyCollection<long> experiences, bool isPending, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        long[] ids = [.. experiences];
        string change = isPending
            ? "INSERT OR IGNORE INTO pending_update (experience) SELECT id FROM experience WHERE id = $1"
            : "DELETE FROM pending_update WHERE experience = $1";
        return ids.Length == 0 ? ValueTask.CompletedTask : new ValueTask(_writer.ChangeAsync(connection => ids.Sum(id => connection.Run(change, id)), cancellationToken: cancellationToken));
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<long>> PendingAsync(CancellationToken cancellationToken = default) => Read(_reader.Pending, cancellationToken);

    /// <inheritdoc />
    /// <remarks>
    /// The rows are gone, durably, in one transaction; then the database's file is written anew without the bytes they left, and so is the
    /// index. A process killed in between does that when the store is opened next.
    /// </remarks>
    public async ValueTask<Erasure> EraseAsync(string subject, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(subject);
        Erasure erasure = await _writer.ChangeAsync(
            connection => SubjectErasure.Apply(connection, subject), done => _neighbors.Remove(done.Experiences), cancellationToken).ConfigureAwait(false);
        await _upkeep.ScrubAsync().ConfigureAwait(false);
        return erasure;
    }

    /// <summary>Forgets what is older than <see cref="ExperienceBufferOptions.Retention"/>.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="ExperienceStoreException">The database could not be written.</exception>
    public async ValueTask<long> PruneAsync(CancellationToken cancellationToken = default) => await _upkeep.PruneAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Builds the index of neighbours anew and writes it. Searches use the old one until the new one takes its place.</summary>
    /// <param name="cancellationToken">Keeps the old one.</param>
    /// <exception cref="PixelisException">It could not be built or written; the old one stays.</exception>
    public async Task RebuildIndexAsync(CancellationToken cancellationToken = default)
    {
        await _neighbors.RebuildAsync(thoroughly: true, cancellationToken).ConfigureAwait(false);
        await _neighbors.SaveAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends work in the background, writes what waits and the index, and lets go of the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 1)
            return;
        await _upkeep.DisposeAsync().ConfigureAwait(false);
        await _writer.DisposeAsync().ConfigureAwait(false);
        _reader.Dispose();
        _neighbors.Dispose();
        _lock.Dispose();
    }

    private static Neighbor? Describe(SqliteConnection connection, NeighborHit hit) =>
        // One that went between the two lookups is not there any more.
        ExperienceRows.Find(connection, hit.Id) is { } found ? new Neighbor(found, Math.Clamp(hit.Similarity, -1, 1)) : null;

    private ValueTask<T> Read<T>(Func<T> body, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_isClosed == 1, this);
        return ValueTask.FromResult(body());
    }
}
