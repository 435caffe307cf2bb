using System.Buffers.Binary;
using System.Text.Json;

namespace Pixelis.Tensors;

/// <summary>
/// Reads and checks the header of a safetensors file: eight bytes of length, then JSON. Every number in it is treated as a
/// claim: offsets must lie in the file, tensors must fill the data section without gap or overlap, and sizes must agree
/// with shapes and types. Nothing is allocated on the word of the file beyond the header's own bytes.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>Longest header accepted, the format's own limit.</summary>
    public const int MaximumLength = 100_000_000;

    /// <summary>Most dimensions a tensor may have.</summary>
    public const int MaximumRank = 16;

    private const string MetadataKey = "__metadata__";

    public static (Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Read(string file, Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        long fileLength = stream.Length;
        if (fileLength < 10 || stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw new SafetensorsException(file, null, $"holds {fileLength} bytes, too few for a safetensors header");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumLength)
            throw new SafetensorsException(file, null, $"claims a header of {length} bytes; at most {MaximumLength} are accepted");
        if ((long)length > fileLength - 8)
            throw new SafetensorsException(file, null, $"claims a header of {length} bytes but holds only {fileLength - 8} after the length; it is truncated");
        var json = new byte[(int)length];
        if (stream.ReadAtLeast(json, json.Length, throwOnEndOfStream: false) < json.Length)
            throw new SafetensorsException(file, null, "ended within its header");
        return Parse(file, json, 8 + (long)length, fileLength);
    }

    public static (Dictionary<string, SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(
        string file, ReadOnlySpan<byte> json, long dataStart, long fileLength)
    {
        var entries = new Dictionary<string, SafetensorsEntry>(StringComparer.Ordinal);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            Expect(file, null, reader.Read() && reader.TokenType == JsonTokenType.StartObject, "the header must be a JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string name = reader.GetString()!;
                reader.Read();
                if (name == MetadataKey)
                    ReadMetadata(file, ref reader, metadata);
                else if (!entries.TryAdd(name, ReadEntry(file, name, ref reader, dataStart, fileLength)))
                    throw new SafetensorsException(file, name, "occurs twice in the header");
            }

            while (reader.Read())
                Expect(file, null, false, "the header must be one JSON object");
        }
        catch (JsonException e)
        {
            throw new SafetensorsException(file, null, $"the header is not valid JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e) // a string that is not valid UTF-16, or a value of the wrong kind
        {
            throw new SafetensorsException(file, null, $"the header holds a value of the wrong kind: {e.Message}", e);
        }

        CheckLayout(file, entries.Values, dataStart, fileLength);
        return (entries, metadata);
    }

    private static void ReadMetadata(string file, ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(file, null, reader.TokenType == JsonTokenType.StartObject, "__metadata__ must be an object of strings");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            Expect(file, null, reader.Read() && reader.TokenType == JsonTokenType.String, "__metadata__ must be an object of strings");
            metadata[key] = reader.GetString()!;
        }
    }

    private static SafetensorsEntry ReadEntry(string file, string name, ref Utf8JsonReader reader, long dataStart, long fileLength)
    {
        Expect(file, name, reader.TokenType == JsonTokenType.StartObject, "must be described by an object");
        string? type = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string? field = reader.GetString();
            reader.Read();
            switch (field)
            {
                case "dtype":
                    Expect(file, name, reader.TokenType == JsonTokenType.String, "dtype must be a string");
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(file, name, "shape", MaximumRank, ref reader);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(file, name, "data_offsets", 2, ref reader);
                    break;
                default:
                    throw new SafetensorsException(file, name, $"has an unknown field '{field}'; expected dtype, shape and data_offsets");
            }
        }

        Expect(file, name, type is not null && shape is not null && offsets is { Count: 2 }, "needs dtype, shape and two data_offsets");
        CheckSize(file, name, type!, shape!, offsets!, fileLength - dataStart);
        return new SafetensorsEntry(name, type!, shape!, dataStart + offsets![0], offsets[1] - offsets[0]);
    }

    private static List<long> ReadNumbers(string file, string name, string field, int most, ref Utf8JsonReader reader)
    {
        Expect(file, name, reader.TokenType == JsonTokenType.StartArray, $"{field} must be an array");
        var numbers = new List<long>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long value) || value < 0)
                throw new SafetensorsException(file, name, $"{field} must hold whole numbers from 0 to {long.MaxValue}");
            Expect(file, name, numbers.Count < most, $"{field} holds more than {most} numbers");
            numbers.Add(value);
        }

        return numbers;
    }

    private static void CheckSize(string file, string name, string type, List<long> shape, List<long> offsets, long dataLength)
    {
        int bits = SafetensorsTypes.BitsOf(type) ?? throw new SafetensorsException(file, name, $"has an unknown dtype '{type}'");
        if (offsets[0] > offsets[1] || offsets[1] > dataLength)
        {
            throw new SafetensorsException(
                file, name, $"claims bytes {offsets[0]} to {offsets[1]}, but the data section holds {dataLength}; the file is truncated or its header lies");
        }

        UInt128 total = (UInt128)bits;
        UInt128 bound = total; // the same product without zeros: strides of an empty tensor must not overflow either
        foreach (long size in shape)
        {
            total *= (UInt128)size;
            bound *= (UInt128)Math.Max(size, 1);
            Expect(file, name, bound <= (UInt128)long.MaxValue, $"has an absurd shape [{string.Join(", ", shape)}]");
        }

        UInt128 claimed = (UInt128)(offsets[1] - offsets[0]) * 8;
        if (total != claimed)
        {
            throw new SafetensorsException(
                file, name, $"has {offsets[1] - offsets[0]} bytes, but shape [{string.Join(", ", shape)}] of {type} takes {(total + 7) / 8}");
        }
    }

    private static void CheckLayout(string file, IEnumerable<SafetensorsEntry> entries, long dataStart, long fileLength)
    {
        long end = dataStart;
        foreach (SafetensorsEntry entry in entries.OrderBy(e => e.Offset).ThenBy(e => e.ByteCount))
        {
            if (entry.Offset < end)
                throw new SafetensorsException(file, entry.Name, $"overlaps the tensor before it by {end - entry.Offset} bytes");
            if (entry.Offset > end)
                throw new SafetensorsException(file, entry.Name, $"starts {entry.Offset - end} bytes after the tensor before it; the format allows no gaps");
            end = entry.Offset + entry.ByteCount;
        }

        if (end != fileLength)
            throw new SafetensorsException(file, null, $"holds {fileLength - end} bytes that belong to no tensor");
    }

    private static void Expect(string file, string? tensor, bool condition, string expectation)
    {
        if (!condition)
            throw new SafetensorsException(file, tensor, expectation);
    }
}
