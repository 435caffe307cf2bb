using Pixelis.Online.Storage;

namespace Pixelis.Online;

/// <summary>
/// Reads a store of experiences, also while another process writes to it. Thread-safe; reads run on the caller's thread and wait for no write.
/// </summary>
public sealed class ExperienceReader : IDisposable
{
    private readonly StoreFiles _files;
    private readonly StoreReaders _readers;

    internal ExperienceReader(StoreFiles files, int dimension)
    {
        (_files, Dimension) = (files, dimension);
        _readers = new StoreReaders(files);
    }

    /// <summary>Length of the embeddings.</summary>
    public int Dimension { get; }

    /// <summary>Opens a store that is there.</summary>
    /// <param name="folder">The folder given to <see cref="ExperienceBuffer.Open"/>.</param>
    /// <exception cref="ExperienceStoreException">There is no store, it is damaged, or of another version.</exception>
    public static ExperienceReader Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new StoreFiles(folder);
        if (!File.Exists(files.Database))
            throw new ExperienceStoreException(folder, "there is no store of experiences here.");
        return files.Guard(() =>
        {
            using var connection = files.OpenReader();
            long version = StoreSchema.Check(connection, files);
            return version == StoreSchema.Version
                ? new ExperienceReader(files, StoreSchema.Dimension(connection))
                : throw new ExperienceStoreException(files.Database, $"the store has schema {version}; open it for writing once to bring it to {StoreSchema.Version}.");
        });
    }

    /// <summary>How many experiences a tenant has; of all tenants together for null.</summary>
    public long Count(string? tenant = null) => _readers.Read(connection => tenant is null
        ? connection.One<long>("SELECT coalesce(sum(held), 0) FROM tenant")
        : connection.One<long>("SELECT held FROM tenant WHERE name = $1", tenant));

    /// <summary>The names of all tenants that ever had an experience.</summary>
    public IReadOnlyList<string> Tenants() => _readers.Read(connection => connection.All("SELECT name FROM tenant ORDER BY name", r => r.GetString(0)));

    /// <summary>One by its number, with its episodes and the pictures of its question; null for none.</summary>
    public Experience? Find(long id) => _readers.Read(connection => ExperienceRows.FindWhole(connection, id, _files.Database));

    /// <summary>The newest of a request's name, as <see cref="Find"/> gives it; null for none.</summary>
    public Experience? FindByRequest(string requestId) => _readers.Read(connection =>
        connection.All("SELECT id FROM experience WHERE request_id = $1 ORDER BY id DESC LIMIT 1", r => r.GetInt64(0), requestId) is [long id]
            ? ExperienceRows.FindWhole(connection, id, _files.Database)
            : null);

    /// <summary>What an experience's label was before, oldest first; empty when it was never replaced, or there is no such experience.</summary>
    public IReadOnlyList<LabelChange> LabelHistory(long id) => _readers.Read(connection => connection.All(
        "SELECT replaced_at, label, label_source, confidence, priority FROM label_change WHERE experience = $1 ORDER BY id",
        r => new LabelChange(new DateTimeOffset(r.GetInt64(0), TimeSpan.Zero), r.TextOrNull(1), (LabelSource)r.GetInt32(2), r.GetDouble(3), r.GetDouble(4)),
        id));

    /// <summary>The published versions that learnt from experiences of this store, by name.</summary>
    public IReadOnlyList<string> Versions() => _readers.Read(connection =>
        connection.All("SELECT DISTINCT version FROM version_experience ORDER BY version", r => r.GetString(0)));

    /// <summary>The experiences a version learnt from, by number; also those that are gone, which <see cref="Find"/> then does not find.</summary>
    public IReadOnlyList<long> ExperiencesOf(string version) => _readers.Read(connection =>
        connection.All("SELECT experience FROM version_experience WHERE version = $1 ORDER BY experience", r => r.GetInt64(0), version));

    /// <summary>The experiences that wait to be learnt from, by number.</summary>
    public IReadOnlyList<long> Pending() => _readers.Read(connection => connection.All("SELECT experience FROM pending_update ORDER BY experience", r => r.GetInt64(0)));

    /// <summary>Lets go of the files.</summary>
    public void Dispose() => _readers.Dispose();

    internal T Read<T>(Func<Microsoft.Data.Sqlite.SqliteConnection, T> body) => _readers.Read(body);
}
