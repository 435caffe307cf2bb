using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Pixelis.Data;

/// <summary>Reads and writes files of one JSON object a line. Lines are read one at a time, so a file may be larger than memory.</summary>
internal static class JsonLinesFile
{
    /// <summary>Longest accepted line in characters; a longer one is refused unparsed.</summary>
    public const int MaxLineLength = 64 << 20;

    /// <summary>Reads every line that is not blank.</summary>
    /// <param name="path">The file.</param>
    /// <param name="type">How a line is read.</param>
    /// <param name="complete">Fills in what the line left out; throws <see cref="FieldException"/> for a value that reads but cannot be used.</param>
    /// <param name="broken">What to do with a line that cannot be read.</param>
    /// <param name="report">Hears of each line that was left out; may be null.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">A line cannot be read and <paramref name="broken"/> is <see cref="BrokenLines.Refuse"/>.</exception>
    public static IEnumerable<(T Value, int Line)> Read<T>(
        string path, JsonTypeInfo<T> type, Func<T, T> complete, BrokenLines broken, Action<DatasetFormatException>? report)
        where T : class
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such dataset file.", path);
        int number = 0;
        foreach (string line in File.ReadLines(path, Encoding.UTF8))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            T? value = null;
            try
            {
                value = Parse(line, type, complete, path, number);
            }
            catch (DatasetFormatException e) when (broken == BrokenLines.Skip)
            {
                report?.Invoke(e);
            }
            if (value is not null)
                yield return (value, number);
        }
    }

    /// <summary>Writes values as lines, the file is whole or as it was.</summary>
    public static void Write<T>(string path, IEnumerable<T> values, JsonTypeInfo<T> type) =>
        AtomicFile.WriteLines(path, values.Select(value => JsonSerializer.Serialize(value, type)));

    private static T Parse<T>(string line, JsonTypeInfo<T> type, Func<T, T> complete, string path, int number)
        where T : class
    {
        if (line.Length > MaxLineLength)
            throw new DatasetFormatException(path, number, null, $"the line has {line.Length} characters; at most {MaxLineLength} are read.");
        try
        {
            T value = JsonSerializer.Deserialize(line, type) ?? throw new FieldException(null, "the value is null; a JSON object was expected.");
            return complete(value);
        }
        catch (FieldException e)
        {
            throw new DatasetFormatException(path, number, e.Field, e.Message, e);
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(path, number, FieldOf(e), Reason(e), e);
        }
    }

    private static string? FieldOf(JsonException e)
    {
        int missing = e.Message.LastIndexOf(": ", StringComparison.Ordinal);
        if (e.Message.Contains("required propert", StringComparison.Ordinal) && missing >= 0)
            return e.Message[(missing + 2)..].TrimEnd('.').Trim('\'');
        return e.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
    }

    private static string Reason(JsonException e)
    {
        if (e.Message.Contains("required propert", StringComparison.Ordinal))
            return "is missing.";
        int end = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}
