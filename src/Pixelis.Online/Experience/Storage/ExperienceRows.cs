using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Pixelis.Trajectories;

namespace Pixelis.Online.Storage;

/// <summary>Experiences as rows: written by the writer, read by anybody. Embeddings are 32-bit floats, little-endian; times are ticks of UTC.</summary>
internal static class ExperienceRows
{
    private const string Selection =
        """
        SELECT e.id, e.request_id, t.name, e.subject, e.question, e.answer, e.label, e.label_source, e.confidence, e.priority, e.uses,
            e.successes, e.created_at, e.policy_version, e.provenance, v.vector
        FROM experience AS e JOIN tenant AS t ON t.id = e.tenant JOIN embedding AS v ON v.experience = e.id
        """;

    /// <summary>Writes all but the pictures; returns the number it got.</summary>
    public static long Insert(SqliteConnection connection, Experience e, IReadOnlyList<string> episodes)
    {
        connection.Run("INSERT INTO tenant (name) VALUES ($1) ON CONFLICT DO NOTHING", e.Tenant);
        connection.Run(
            """
            INSERT INTO experience (request_id, tenant, subject, question, answer, label, label_source, confidence, priority, uses, successes,
                created_at, policy_version, provenance)
            VALUES ($1, (SELECT id FROM tenant WHERE name = $2), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            e.RequestId, e.Tenant, e.Subject, e.Question, e.Answer, e.Label, (long)e.LabelSource, e.Confidence, e.Priority, e.Uses, e.Successes,
            e.CreatedAt.UtcTicks, e.PolicyVersion, e.Provenance);
        long id = connection.One<long>("SELECT last_insert_rowid()");
        connection.Run("INSERT INTO embedding (experience, vector) VALUES ($1, $2)", id, ToBytes(e.Embedding.Span));
        for (int i = 0; i < episodes.Count; i++)
            connection.Run("INSERT INTO episode (experience, number, trajectory) VALUES ($1, $2, $3)", id, i, episodes[i]);
        return id;
    }

    /// <summary>Takes rows out, and the pictures that nobody else shows.</summary>
    public static void Delete(SqliteConnection connection, IEnumerable<long> ids)
    {
        foreach (long id in ids)
        {
            PictureStore.Release(connection, id);
            connection.Run("DELETE FROM experience WHERE id = $1", id);
        }
    }

    /// <summary>One by its number, without its episodes; null for none.</summary>
    public static Experience? Find(SqliteConnection connection, long id) =>
        connection.All(Selection + " WHERE e.id = $1", Read, id).FirstOrDefault();

    /// <summary>With its episodes and their pictures.</summary>
    public static Experience? FindWhole(SqliteConnection connection, long id, string source)
    {
        if (Find(connection, id) is not { } experience)
            return null;
        string name = $"{source}, experience {id.ToString(CultureInfo.InvariantCulture)}";
        List<string> episodes = connection.All("SELECT trajectory FROM episode WHERE experience = $1 ORDER BY number", r => r.GetString(0), id);
        return experience with { Episodes = [.. episodes.Select(json => PictureStore.WithMedia(connection, TrajectoryJson.Parse(json, name), name))] };
    }

    /// <summary>Number, tenant and embedding of every experience, in order.</summary>
    public static void ForEachEmbedding(SqliteConnection connection, Action<long, int, ReadOnlySpan<float>> use)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT e.id, e.tenant, v.vector FROM experience AS e JOIN embedding AS v ON v.experience = e.id ORDER BY e.id";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            use(reader.GetInt64(0), reader.GetInt32(1), FromBytes(reader.GetFieldValue<byte[]>(2)));
    }

    public static byte[] ToBytes(ReadOnlySpan<float> vector) => MemoryMarshal.AsBytes(vector).ToArray();

    public static float[] FromBytes(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes).ToArray();

    private static Experience Read(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        RequestId = row.GetString(1),
        Tenant = row.GetString(2),
        Subject = row.TextOrNull(3),
        Question = row.GetString(4),
        Answer = row.TextOrNull(5),
        Label = row.TextOrNull(6),
        LabelSource = (LabelSource)row.GetInt32(7),
        Confidence = row.GetDouble(8),
        Priority = row.GetDouble(9),
        Uses = row.GetInt64(10),
        Successes = row.GetInt64(11),
        CreatedAt = new DateTimeOffset(row.GetInt64(12), TimeSpan.Zero),
        PolicyVersion = row.GetString(13),
        Provenance = row.GetString(14),
        Embedding = FromBytes(row.GetFieldValue<byte[]>(15)),
    };
}
