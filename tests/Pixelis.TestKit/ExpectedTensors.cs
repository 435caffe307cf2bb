using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Pixelis.TestKit;

/// <summary>Reads expected values from a safetensors file without the product's own reader, so that the two check each other.</summary>
public sealed class ExpectedTensors
{
    private readonly byte[] _bytes;
    private readonly JsonObject _header;
    private readonly int _dataStart;

    /// <summary>Reads a whole file.</summary>
    public ExpectedTensors(string path)
    {
        _bytes = File.ReadAllBytes(path);
        int headerLength = checked((int)BinaryPrimitives.ReadInt64LittleEndian(_bytes));
        _header = JsonNode.Parse(_bytes.AsSpan(8, headerLength))!.AsObject();
        _dataStart = 8 + headerLength;
    }

    /// <summary>Names of all tensors.</summary>
    public IEnumerable<string> Names => _header.Select(entry => entry.Key).Where(name => name != "__metadata__");

    /// <summary>Whether the file has a tensor.</summary>
    public bool Contains(string name) => _header.ContainsKey(name);

    /// <summary>The shape of a tensor.</summary>
    public long[] Shape(string name) => [.. _header[name]!["shape"]!.AsArray().Select(n => (long)n!)];

    /// <summary>The values of an F32 tensor.</summary>
    public float[] Floats(string name) => Values<float>(name, "F32");

    /// <summary>The values of an I64 tensor.</summary>
    public long[] Longs(string name) => Values<long>(name, "I64");

    /// <summary>The values of a U8 tensor.</summary>
    public byte[] Bytes(string name) => Values<byte>(name, "U8");

    private T[] Values<T>(string name, string type)
        where T : unmanaged
    {
        JsonNode entry = _header[name] ?? throw new KeyNotFoundException($"No tensor '{name}'.");
        if ((string)entry["dtype"]! != type)
            throw new InvalidOperationException($"'{name}' is {entry["dtype"]}, not {type}.");
        int begin = (int)entry["data_offsets"]![0]!, end = (int)entry["data_offsets"]![1]!;
        return MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(_dataStart + begin, end - begin)).ToArray();
    }
}
