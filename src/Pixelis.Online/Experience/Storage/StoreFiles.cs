using Microsoft.Data.Sqlite;

namespace Pixelis.Online.Storage;

/// <summary>The files of a store, how they are opened, and what SQLite's errors mean to its user.</summary>
internal sealed class StoreFiles(string folder)
{
    public string Folder { get; } = folder;

    public string Database { get; } = Path.Combine(folder, "experience.db");

    public string Index { get; } = Path.Combine(folder, "neighbors.index");

    public string Lock { get; } = Path.Combine(folder, "experience.lock");

    /// <summary>Who holds the lock: the locked file itself cannot be opened by others.</summary>
    public string Holder { get; } = Path.Combine(folder, "experience.pid");

    /// <summary>A connection that may write, durably: what is committed survives a loss of power.</summary>
    public SqliteConnection OpenWriter(long mostPages)
    {
        SqliteConnection connection = Open(SqliteOpenMode.ReadWriteCreate);
        try
        {
            connection.Run("PRAGMA journal_mode=WAL");
            connection.Run("PRAGMA synchronous=FULL");
            // What is deleted is overwritten, not only forgotten.
            connection.Run("PRAGMA secure_delete=ON");
            connection.Run("PRAGMA foreign_keys=ON");
            connection.Run("PRAGMA journal_size_limit=67108864");
            if (mostPages > 0)
                connection.Run($"PRAGMA max_page_count={mostPages}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection that only reads, also while another process writes.</summary>
    public SqliteConnection OpenReader()
    {
        SqliteConnection connection = Open(SqliteOpenMode.ReadWrite);
        try
        {
            connection.Run("PRAGMA query_only=ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a body, and says of SQLite's errors what they mean here.</summary>
    public T Guard<T>(Func<T> body)
    {
        try
        {
            return body();
        }
        catch (SqliteException e)
        {
            throw Translate(e);
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or OverflowException or ArgumentException or (InvalidOperationException and not ObjectDisposedException))
        {
            throw new ExperienceStoreException(Database, $"the database holds a value that no version of Pixelis writes ({e.Message}); it is damaged or was changed from outside.", e);
        }
    }

    public ExperienceStoreException Translate(SqliteException e) => new(Database, e.SqliteErrorCode switch
    {
        5 or 6 => "another program keeps the database locked; end it and try again.",
        8 or 14 => $"the database cannot be opened for writing ({e.Message}); check the folder's owner and whether the disk is read-only.",
        10 => $"the disk failed or is full ({e.Message}); what was not acknowledged is not kept, everything before is.",
        13 => "the disk is full; what was not acknowledged is not kept, everything before is. Free space, lower the capacity or the retention.",
        11 or 26 => $"the database is damaged ({e.Message}); restore the folder from a backup, or move it away to begin anew.",
        _ => $"the database failed: {e.Message}.",
    }, e);

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = Database, Mode = mode, Pooling = false, DefaultTimeout = 30 };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA busy_timeout=5000");
            connection.Run("PRAGMA trusted_schema=OFF");
            connection.Run("PRAGMA cell_size_check=ON");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
