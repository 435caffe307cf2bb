using Microsoft.Data.Sqlite;

namespace Pixelis.Online;

/// <summary>Rows of a <see cref="ReviewDatabase"/> as records.</summary>
internal static class ReviewRows
{
    private const string Items = """
        SELECT i.id, i.experience, i.request_id, i.tenant, i.question, i.answer, i.proposed, i.confidence, i.cause, i.created,
               i.claimed_by, i.claimed_until, d.number, d.verdict, d.label, d.reviewer, d.reason, d.decided
        FROM items i LEFT JOIN decisions d ON d.item = i.id
        """;

    /// <summary>Items under a condition; a lease that is over is no claim.</summary>
    public static List<ReviewItem> Select(SqliteConnection connection, DateTimeOffset now, string condition, params (string Name, object? Value)[] values)
    {
        using SqliteCommand command = ReviewDatabase.Command(connection, $"{Items} {condition}", values);
        using SqliteDataReader reader = command.ExecuteReader();
        var items = new List<ReviewItem>();
        while (reader.Read())
            items.Add(ItemOf(reader, now));
        return items;
    }

    /// <summary>One item; null when there is none.</summary>
    public static ReviewItem? Find(SqliteConnection connection, DateTimeOffset now, long id) =>
        Select(connection, now, "WHERE i.id = $id", ("$id", id)).SingleOrDefault();

    /// <summary>Decisions after a number that did not take effect.</summary>
    public static List<ReviewDecision> Unconfirmed(SqliteConnection connection, long after, int count)
    {
        const string text = $"{Items} WHERE d.confirmed = 0 AND d.number > $after ORDER BY d.number LIMIT $count";
        using SqliteCommand command = ReviewDatabase.Command(connection, text, ("$after", after), ("$count", count));
        using SqliteDataReader reader = command.ExecuteReader();
        var decisions = new List<ReviewDecision>();
        while (reader.Read())
            decisions.Add(DecisionOf(reader)!);
        return decisions;
    }

    public static long Ticks(DateTimeOffset time) => time.UtcTicks;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private static ReviewItem ItemOf(SqliteDataReader row, DateTimeOffset now)
    {
        var request = new ReviewRequest
        {
            Experience = row.GetInt64(1),
            RequestId = row.GetString(2),
            Tenant = row.GetString(3),
            Question = row.GetString(4),
            Answer = Text(row, 5),
            Proposed = Text(row, 6),
            Confidence = row.GetDouble(7),
            Cause = (ReviewCause)row.GetInt32(8),
        };
        bool isClaimed = !row.IsDBNull(11) && row.GetInt64(11) > Ticks(now) && row.IsDBNull(12);
        return new ReviewItem(
            row.GetInt64(0), request, Time(row.GetInt64(9)), isClaimed ? row.GetString(10) : null, isClaimed ? Time(row.GetInt64(11)) : null, DecisionOf(row));
    }

    private static ReviewDecision? DecisionOf(SqliteDataReader row) => row.IsDBNull(12)
        ? null
        : new ReviewDecision(
            row.GetInt64(12), row.GetInt64(0), row.GetInt64(1), (ReviewVerdict)row.GetInt32(13), Text(row, 14), row.GetString(15), Text(row, 16),
            Time(row.GetInt64(17)));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
