using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Pixelis.Online.Neighbors;

namespace Pixelis.Online.Storage;

/// <summary>The index of a store: filled from the database when the store is opened, followed by the writer, written now and then.</summary>
internal sealed class NeighborKeeper(StoreFiles files, INeighborIndex index, ILogger logger) : IDisposable
{
    private const int MostNeighbors = 10_000;

    private readonly ConcurrentDictionary<string, int> _tenants = new();
    private readonly SemaphoreSlim _saving = new(1, 1);
    private long _changes;
    private long _saved;

    /// <summary>Loads the snapshot, if it is sound, and everything else from the database.</summary>
    public void Fill(SqliteConnection connection)
    {
        if (File.Exists(files.Index))
        {
            try
            {
                index.Load(files.Index);
            }
            catch (PixelisException e)
            {
                logger.LogWarning("The snapshot of the index cannot be used and is made anew from the database: {Problem}", e.Message);
                Interlocked.Increment(ref _changes);
            }
        }
        ExperienceRows.ForEachEmbedding(connection, (id, tenant, vector) => index.Add(id, tenant, vector));
        foreach ((string name, int id) in connection.All("SELECT name, id FROM tenant", r => (r.GetString(0), r.GetInt32(1))))
            _tenants[name] = id;
    }

    public void Add(long id, string tenantName, int tenant, ReadOnlySpan<float> vector)
    {
        _tenants[tenantName] = tenant;
        index.Add(id, tenant, vector);
        Interlocked.Increment(ref _changes);
    }

    public void Remove(IEnumerable<long> ids)
    {
        foreach (long id in ids)
            index.Remove(id);
        Interlocked.Increment(ref _changes);
    }

    public IReadOnlyList<NeighborHit> Search(ReadOnlySpan<float> query, string tenant, int count)
    {
        if (count <= 0 || !_tenants.TryGetValue(tenant, out int number))
            return [];
        var hits = new NeighborHit[Math.Min(count, MostNeighbors)];
        int found = index.Search(query, number, hits);
        return hits[..found];
    }

    public async Task RebuildAsync(bool thoroughly, CancellationToken cancellationToken)
    {
        await index.RebuildAsync(thoroughly, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>Writes the snapshot when something changed since the last one.</summary>
    /// <exception cref="PixelisException">It could not be written; the one before stays, and is as true as before.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await _saving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            long changes = Interlocked.Read(ref _changes);
            if (changes == _saved)
                return;
            await index.SaveAsync(files.Index, cancellationToken).ConfigureAwait(false);
            _saved = changes;
        }
        finally
        {
            _saving.Release();
        }
    }

    public void Dispose() => index.Dispose();
}
