using System.Text.Json;
using System.Text.Unicode;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>Reads a file of bounded size and turns JSON errors into errors that name it.</summary>
internal static class TokenizerFile
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>The file's bytes, which are UTF-8, without a byte order mark.</summary>
    public static ReadOnlyMemory<byte> Read(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (info.Length > TokenizerLimits.FileBytes)
                throw new ModelFormatException(path, $"{info.Length} bytes; expected at most {TokenizerLimits.FileBytes}");
            ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
            if (!Utf8.IsValid(bytes.Span))
                throw new ModelFormatException(path, "not UTF-8 text");
            return bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFormatException(path, "cannot be read: " + e.Message, e);
        }
    }

    /// <summary>Parses JSON with a reader; what the reader finds malformed becomes an error that names the file.</summary>
    public static void Parse(string path, ReadOnlyMemory<byte> json, JsonParser parse)
    {
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            reader.Read();
            parse(ref reader);
            reader.Read(); // refuses anything after the value
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new ModelFormatException(path, "not the JSON expected here: " + e.Message, e);
        }
    }

    /// <summary>Parses a small JSON file and reads from it; texts that are no valid Unicode count as malformed.</summary>
    public static T Query<T>(string path, Func<JsonElement, T> read)
    {
        ReadOnlyMemory<byte> json = Read(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ModelFormatException(path, "not the JSON expected here: " + e.Message, e);
        }
    }

    /// <summary>Reads one JSON value; the reader stands on its first token.</summary>
    public delegate void JsonParser(ref Utf8JsonReader reader);
}
