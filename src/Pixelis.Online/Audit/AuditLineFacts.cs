using System.Text.Json;

namespace Pixelis.Online.Audit;

/// <summary>What a line says about its place in the log. Until its code was checked, anybody may have written it.</summary>
/// <param name="Sequence">Its number in the log, from 1.</param>
/// <param name="Time">When it was written.</param>
/// <param name="File">For the first line of a file: the file's number; else null.</param>
/// <param name="KeyId">For the first line of a file: the key's name.</param>
/// <param name="Previous">For the first line of a file: the code of the line before, as bytes.</param>
internal sealed record AuditLineFacts(long Sequence, DateTimeOffset Time, int? File, string? KeyId, byte[]? Previous)
{
    /// <summary>Reads a line; null for what is none.</summary>
    public static AuditLineFacts? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 4 });
            using var document = JsonDocument.ParseValue(ref reader);
            JsonElement root = document.RootElement;
            if (reader.BytesConsumed != line.Length || root.ValueKind != JsonValueKind.Object)
                return null;
            if (!root.TryGetProperty("file", out JsonElement file))
                return new AuditLineFacts(root.GetProperty("seq").GetInt64(), root.GetProperty("time").GetDateTimeOffset(), null, null, null);
            byte[] previous = Convert.FromHexString(root.GetProperty("previous").GetString()!);
            return new AuditLineFacts(
                root.GetProperty("seq").GetInt64(), root.GetProperty("time").GetDateTimeOffset(), file.GetInt32(), root.GetProperty("key").GetString(), previous);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }
}
