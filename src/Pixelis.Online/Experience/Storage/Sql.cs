using Microsoft.Data.Sqlite;

namespace Pixelis.Online.Storage;

/// <summary>Statements with their values, one call each. Values are numbered <c>$1, $2, ...</c>.</summary>
internal static class Sql
{
    public static int Run(this SqliteConnection connection, string text, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(connection, text, values);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row; the type's default for none or null.</summary>
    public static T? One<T>(this SqliteConnection connection, string text, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(connection, text, values);
        return command.ExecuteScalar() is { } found and not DBNull ? (T)found : default;
    }

    public static List<T> All<T>(this SqliteConnection connection, string text, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        using SqliteCommand command = Command(connection, text, values);
        using SqliteDataReader reader = command.ExecuteReader();
        var all = new List<T>();
        while (reader.Read())
            all.Add(read(reader));
        return all;
    }

    public static string? TextOrNull(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static SqliteCommand Command(SqliteConnection connection, string text, ReadOnlySpan<object?> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        for (int i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        return command;
    }
}
