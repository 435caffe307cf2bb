using Microsoft.Data.Sqlite;

namespace Pixelis.Online.Storage;

/// <summary>Takes a person's rows out, and notes that their bytes are still to be wiped.</summary>
internal static class SubjectErasure
{
    private const string Pending = "scrub_pending";

    public static Erasure Apply(SqliteConnection connection, string subject)
    {
        List<long> ids = connection.All("SELECT id FROM experience WHERE subject = $1 ORDER BY id", r => r.GetInt64(0), subject);
        // Also of experiences that retention or capacity have taken before.
        List<string> versions = connection.All("SELECT DISTINCT version FROM version_experience WHERE subject = $1 ORDER BY version", r => r.GetString(0), subject);
        ExperienceRows.Delete(connection, ids);
        connection.Run("UPDATE version_experience SET subject = NULL WHERE subject = $1", subject);
        connection.Run("INSERT OR REPLACE INTO meta VALUES ($1, '1')", Pending);
        return new Erasure(ids, versions);
    }

    public static bool IsPending(SqliteConnection connection) => connection.One<string>("SELECT value FROM meta WHERE name = $1", Pending) is not null;

    public static int Finish(SqliteConnection connection) => connection.Run("DELETE FROM meta WHERE name = $1", Pending);

    /// <summary>
    /// Writes the database anew: freed pages are overwritten when rows go, but a page that was split keeps copies in its gaps. Then empties
    /// the write-ahead log, which holds older pages.
    /// </summary>
    /// <returns>Whether the log could be emptied; false while somebody reads.</returns>
    public static bool Wipe(SqliteConnection connection)
    {
        connection.Run("VACUUM");
        return connection.All("PRAGMA wal_checkpoint(TRUNCATE)", r => r.GetInt64(0)).All(busy => busy == 0);
    }
}
