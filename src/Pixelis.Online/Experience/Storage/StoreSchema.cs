using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Pixelis.Online.Storage;

/// <summary>The tables, and how those of older versions become today's. Each step is one transaction: a kill leaves the step before.</summary>
internal static class StoreSchema
{
    private const int ApplicationId = 0x5058_4542; // PXEB

    // Step i leads to version i + 1. A step that was published is never changed.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE tenant (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, held INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE experience (
            id INTEGER PRIMARY KEY AUTOINCREMENT, request_id TEXT NOT NULL, tenant INTEGER NOT NULL REFERENCES tenant (id), subject TEXT,
            question TEXT NOT NULL, answer TEXT, label TEXT, label_source INTEGER NOT NULL, confidence REAL NOT NULL, priority REAL NOT NULL,
            uses INTEGER NOT NULL, successes INTEGER NOT NULL, created_at INTEGER NOT NULL, policy_version TEXT NOT NULL, provenance TEXT NOT NULL);
        CREATE INDEX experience_tenant ON experience (tenant);
        CREATE INDEX experience_subject ON experience (subject) WHERE subject IS NOT NULL;
        CREATE INDEX experience_created ON experience (created_at);
        CREATE TRIGGER experience_came AFTER INSERT ON experience BEGIN UPDATE tenant SET held = held + 1 WHERE id = new.tenant; END;
        CREATE TRIGGER experience_left AFTER DELETE ON experience BEGIN UPDATE tenant SET held = held - 1 WHERE id = old.tenant; END;
        CREATE TABLE embedding (experience INTEGER PRIMARY KEY REFERENCES experience (id) ON DELETE CASCADE, vector BLOB NOT NULL);
        CREATE TABLE episode (
            experience INTEGER NOT NULL REFERENCES experience (id) ON DELETE CASCADE, number INTEGER NOT NULL, trajectory TEXT NOT NULL,
            PRIMARY KEY (experience, number)) WITHOUT ROWID;
        CREATE TABLE picture (hash TEXT PRIMARY KEY, png BLOB NOT NULL);
        CREATE TABLE experience_picture (
            experience INTEGER NOT NULL REFERENCES experience (id) ON DELETE CASCADE, hash TEXT NOT NULL,
            PRIMARY KEY (experience, hash)) WITHOUT ROWID;
        CREATE INDEX experience_picture_hash ON experience_picture (hash);
        CREATE TABLE label_change (
            id INTEGER PRIMARY KEY, experience INTEGER NOT NULL REFERENCES experience (id) ON DELETE CASCADE, replaced_at INTEGER NOT NULL,
            label TEXT, label_source INTEGER NOT NULL, confidence REAL NOT NULL, priority REAL NOT NULL);
        CREATE INDEX label_change_experience ON label_change (experience);
        CREATE TABLE version_experience (
            version TEXT NOT NULL, experience INTEGER NOT NULL, subject TEXT, PRIMARY KEY (version, experience)) WITHOUT ROWID;
        CREATE INDEX version_experience_experience ON version_experience (experience);
        CREATE INDEX version_experience_subject ON version_experience (subject) WHERE subject IS NOT NULL;
        """,
        "CREATE INDEX IF NOT EXISTS experience_request ON experience (request_id);",
        "CREATE TABLE IF NOT EXISTS pending_update (experience INTEGER PRIMARY KEY REFERENCES experience (id) ON DELETE CASCADE);",
    ];

    /// <summary>The version this program writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Makes the tables, or brings them up to date, and settles the length of embeddings.</summary>
    /// <returns>The length.</returns>
    public static int Prepare(SqliteConnection connection, StoreFiles files, int dimension)
    {
        long version = Check(connection, files);
        for (; version < Version; version++)
        {
            if (version == 0 && dimension == 0)
                throw new ExperienceStoreException(files.Folder, $"there is no store yet; {nameof(ExperienceBufferOptions.Dimension)} is needed to make one.");
            connection.Run("BEGIN IMMEDIATE");
            connection.Run(Steps[version]);
            if (version == 0)
                connection.Run("INSERT INTO meta VALUES ('dimension', $1)", dimension.ToString(CultureInfo.InvariantCulture));
            connection.Run($"PRAGMA user_version={version + 1}");
            connection.Run($"PRAGMA application_id={ApplicationId}");
            connection.Run("COMMIT");
        }
        int made = Dimension(connection);
        return dimension == 0 || dimension == made
            ? made
            : throw new ExperienceStoreException(files.Folder, $"the store's embeddings have length {made}, not {dimension}: another model made them. Use another folder.");
    }

    /// <summary>The version of a store that this program can read; 0 for an empty file.</summary>
    public static long Check(SqliteConnection connection, StoreFiles files)
    {
        long application = connection.One<long>("PRAGMA application_id"), version = connection.One<long>("PRAGMA user_version");
        bool isEmpty = connection.One<long>("SELECT count(*) FROM sqlite_master") == 0;
        if (!isEmpty && application != ApplicationId)
            throw new ExperienceStoreException(files.Database, "this is the database of another program.");
        if (version > Version)
            throw new ExperienceStoreException(files.Database, $"a newer version of Pixelis made this store (schema {version}, this one reads up to {Version}).");
        return isEmpty ? 0 : version;
    }

    public static int Dimension(SqliteConnection connection) =>
        int.Parse(connection.One<string>("SELECT value FROM meta WHERE name = 'dimension'") ?? "0", CultureInfo.InvariantCulture);
}
