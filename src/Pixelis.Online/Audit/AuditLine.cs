using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pixelis.Online.Audit;

/// <summary>
/// A line of a log: one JSON object whose last property is an HMAC-SHA256, in lower-case hexadecimal, over the previous line's and over every byte
/// of this line in front of it. JSON is written in one way only (order, no blanks), so the bytes are the meaning.
/// </summary>
internal static class AuditLine
{
    public const int MacBytes = 32;

    /// <summary>Most bytes of a line, its line feed not counted.</summary>
    public const int Longest = 64 << 10;

    private const int MacHex = 2 * MacBytes;
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the first line of a log follows on.</summary>
    public static byte[] NoMac { get; } = new byte[MacBytes];

    private static ReadOnlySpan<byte> MacField => ",\"mac\":\""u8;

    /// <summary>The properties of an entry after its sequence number, without the braces.</summary>
    public static byte[] Fields(AuditEntry entry, DateTimeOffset time) => Properties(json =>
    {
        json.WriteString("time", TimeText(time));
        json.WriteString("type", entry.Type);
        json.WriteString("actor", entry.Actor);
        json.WriteString("action", entry.Action);
        json.WriteString("resource", entry.Resource);
        json.WriteString("result", entry.Result switch { AuditResult.Success => "success", AuditResult.Refused => "refused", _ => "failed" });
        json.WriteStartObject("metadata");
        foreach ((string name, string value) in entry.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal))
            json.WriteString(name, value);
        json.WriteEndObject();
    });

    /// <summary>The properties of a file's first line.</summary>
    public static byte[] HeaderFields(int file, string keyId, ReadOnlySpan<byte> previousMac, DateTimeOffset time)
    {
        string previous = Convert.ToHexStringLower(previousMac);
        return Properties(json =>
        {
            json.WriteString("time", TimeText(time));
            json.WriteString("schema", "pixelis.audit/1");
            json.WriteNumber("file", file);
            json.WriteString("key", keyId);
            json.WriteString("previous", previous);
        });
    }

    /// <summary>Properties, in the order they are written, without the braces.</summary>
    public static byte[] Properties(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan[1..^1].ToArray();
    }

    /// <summary>A whole line, with its line feed: sequence number, properties, authentication code.</summary>
    public static byte[] Seal(byte[] key, byte[] previousMac, long sequence, byte[] fields, out byte[] mac) =>
        Seal(key, previousMac, [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"seq\":{sequence},")), .. fields], out mac);

    /// <summary>As the other, for properties that have no sequence number.</summary>
    public static byte[] Seal(byte[] key, byte[] previousMac, byte[] fields, out byte[] mac)
    {
        byte[] body = [(byte)'{', .. fields];
        mac = MacOf(key, previousMac, body);
        return [.. body, .. MacField, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(mac)), .. "\"}\n"u8];
    }

    /// <summary>Whether a line (without its line feed) was sealed with a key after a certain line.</summary>
    public static bool IsSealed(byte[] key, byte[] previousMac, ReadOnlySpan<byte> line, out byte[] mac)
    {
        mac = [];
        int body = line.Length - MacField.Length - MacHex - 2;
        if (body < 1 || !line[body..].StartsWith(MacField) || !line.EndsWith("\"}"u8))
            return false;
        mac = MacOf(key, previousMac, line[..body]);
        Span<byte> expected = stackalloc byte[MacHex];
        Convert.TryToHexStringLower(mac, expected, out _);
        return CryptographicOperations.FixedTimeEquals(expected, line.Slice(body + MacField.Length, MacHex));
    }

    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static byte[] MacOf(byte[] key, byte[] previousMac, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(previousMac);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
