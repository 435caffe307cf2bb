using Microsoft.Data.Sqlite;

namespace Pixelis.Online;

/// <summary>
/// The file of a review queue: SQLite, write-ahead log, every commit flushed to the disk. One connection, one caller at a time; other
/// processes may have the file open, too.
/// </summary>
internal sealed class ReviewDatabase : IAsyncDisposable
{
    private const int SchemaVersion = 1;
    private const int ApplicationId = 0x50585256; // "PXRV"

    private const string Schema = $"""
        CREATE TABLE items(
            id INTEGER PRIMARY KEY AUTOINCREMENT, experience INTEGER NOT NULL UNIQUE, request_id TEXT NOT NULL, tenant TEXT NOT NULL,
            question TEXT NOT NULL, answer TEXT, proposed TEXT, confidence REAL NOT NULL, cause INTEGER NOT NULL, created INTEGER NOT NULL,
            claimed_by TEXT, claimed_until INTEGER);
        CREATE TABLE decisions(
            number INTEGER PRIMARY KEY AUTOINCREMENT, item INTEGER NOT NULL UNIQUE REFERENCES items(id) ON DELETE CASCADE,
            verdict INTEGER NOT NULL, label TEXT, reviewer TEXT NOT NULL, reason TEXT, decided INTEGER NOT NULL,
            confirmed INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX unconfirmed ON decisions(number) WHERE confirmed = 0;
        """;

    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isDisposed;

    private ReviewDatabase(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
    }

    public string Path { get; }

    public static ReviewDatabase Open(string path)
    {
        string text = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString();
        var connection = new SqliteConnection(text);
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;");
            Prepare(connection, path);
            return new ReviewDatabase(path, connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new PixelisException($"{path}: cannot be read as a review queue ({e.Message}).", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Waits for its turn, then reads or writes to the end, on the caller's thread; a write is one transaction that is on the disk when
    /// this returns. While another process writes, it waits up to SQLite's half minute.
    /// </summary>
    public async ValueTask<T> RunAsync<T>(Func<SqliteConnection, T> work, bool writes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(ReviewQueue));
            using SqliteTransaction? transaction = writes ? _connection.BeginTransaction() : null;
            T result = work(_connection);
            transaction?.Commit();
            return result;
        }
        catch (SqliteException e)
        {
            throw new PixelisException($"{Path}: {e.Message}.", e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public static int Execute(SqliteConnection connection, string text, params (string Name, object? Value)[] values)
    {
        using SqliteCommand command = Command(connection, text, values);
        return command.ExecuteNonQuery();
    }

    public static SqliteCommand Command(SqliteConnection connection, string text, params (string Name, object? Value)[] values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object? value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _isDisposed = true;
            await _connection.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static void Prepare(SqliteConnection connection, string path)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        long version = Number(connection, "PRAGMA user_version"), application = Number(connection, "PRAGMA application_id");
        if (version == 0 && application == 0 && Number(connection, "SELECT COUNT(*) FROM sqlite_master") == 0)
        {
            Execute(connection, $"{Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};");
        }
        else if (application != ApplicationId)
        {
            throw new PixelisException($"{path}: is a database, and not of a review queue.");
        }
        else if (version != SchemaVersion)
        {
            throw new PixelisException($"{path}: has version {version}; {SchemaVersion} was expected. A newer Pixelis wrote it.");
        }
        using (SqliteCommand check = Command(connection, "PRAGMA quick_check(1)"))
        {
            if (check.ExecuteScalar() is not "ok")
                throw new PixelisException($"{path}: is damaged. Restore it from a copy, or move it away to begin anew.");
        }
        transaction.Commit();
    }

    private static long Number(SqliteConnection connection, string text)
    {
        using SqliteCommand command = Command(connection, text);
        return (long)command.ExecuteScalar()!;
    }
}
