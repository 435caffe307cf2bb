using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pixelis.Data.Formats;

/// <summary>Files that are one JSON array, or one JSON object a line.</summary>
internal static class ForeignItems
{
    /// <summary>Reads items; an error names the file and the item (its line in a file of lines, its position from 1 in an array).</summary>
    public static IEnumerable<T> Read<T>(string path, Func<JsonObject, int, T> read, BrokenLines broken, Action<DatasetFormatException>? report)
        where T : class
    {
        if (!File.Exists(path))
            throw new FileNotFoundException($"{path}: there is no such dataset file.", path);
        int number = 0;
        foreach (Func<JsonNode?> parse in Items(path))
        {
            number++;
            T? item = null;
            try
            {
                item = ReadItem(parse, read, path, number);
            }
            catch (DatasetFormatException e) when (broken == BrokenLines.Skip)
            {
                report?.Invoke(e);
            }
            if (item is not null)
                yield return item;
        }
    }

    /// <summary>Writes items as an array; the file is whole or absent.</summary>
    public static void Write(string path, IEnumerable<JsonObject> items) => AtomicFile.Write(path, stream =>
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        foreach (JsonObject item in items)
            item.WriteTo(writer);
        writer.WriteEndArray();
    });

    /// <summary>A text member.</summary>
    /// <exception cref="FieldException">It is missing or no text.</exception>
    public static string Text(JsonObject item, string field) =>
        TextOrNull(item, field) ?? throw new FieldException(field, "is missing or not a text.");

    /// <summary>A text member, or a number as text; null when it is neither.</summary>
    public static string? TextOrNull(JsonObject item, string field) => item[field] is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };

    /// <summary>A true or false member; null when it is neither.</summary>
    public static bool? Flag(JsonObject item, string field) => item[field]?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The objects of an array member.</summary>
    /// <exception cref="FieldException">It is missing, or holds something else.</exception>
    public static IEnumerable<JsonObject> Objects(JsonObject item, string field) => item[field] is JsonArray array
        ? array.Select((n, i) => n as JsonObject ?? throw new FieldException($"{field}[{i}]", "is not an object."))
        : throw new FieldException(field, "is missing or not an array.");

    private static T ReadItem<T>(Func<JsonNode?> parse, Func<JsonObject, int, T> read, string path, int number)
    {
        try
        {
            return parse() is JsonObject item ? read(item, number) : throw new FieldException(null, "an object was expected.");
        }
        catch (FieldException e)
        {
            throw new DatasetFormatException(path, number, e.Field, e.Message, e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new DatasetFormatException(path, number, null, e.Message, e);
        }
    }

    private static IEnumerable<Func<JsonNode?>> Items(string path)
    {
        var limits = new JsonDocumentOptions { MaxDepth = 64, AllowTrailingCommas = true };
        if (!BeginsWithArray(path))
            return File.ReadLines(path, Encoding.UTF8).Where(l => !string.IsNullOrWhiteSpace(l)).Select(line => (Func<JsonNode?>)(() => JsonNode.Parse(line, null, limits)));
        try
        {
            using FileStream stream = File.OpenRead(path);
            return ((JsonArray)JsonNode.Parse(stream, null, limits)!).Select(node => (Func<JsonNode?>)(() => node)).ToArray();
        }
        catch (JsonException e)
        {
            throw new DatasetFormatException(path, (int)(e.LineNumber ?? -1) + 1, null, e.Message, e);
        }
    }

    private static bool BeginsWithArray(string path)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        int c = reader.Read();
        while (c >= 0 && char.IsWhiteSpace((char)c))
            c = reader.Read();
        return c == '[';
    }
}
