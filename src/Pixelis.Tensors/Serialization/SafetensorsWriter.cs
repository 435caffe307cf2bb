using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// Writes a safetensors file tensor by tensor, so that a file may be larger than memory. The tensors are declared first; their
/// data follows in any number of calls, in declared order. The file is written beside its target and renamed into place by
/// <see cref="Commit"/>: until then nothing is seen at the target, and <see cref="Dispose"/> without commit leaves no trace.
/// </summary>
public sealed class SafetensorsWriter : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private readonly (string Name, ScalarType Type, long[] Shape)[] _declared;
    private int _next;
    private bool _committed;

    /// <summary>Starts a file.</summary>
    /// <param name="path">Where it shall appear.</param>
    /// <param name="tensors">Name, element type and shape of every tensor, in the order in which they will be written.</param>
    /// <param name="metadata">Strings for <c>__metadata__</c>; default the usual <c>format: pt</c>, which Python readers look for.</param>
    public SafetensorsWriter(
        string path, IEnumerable<(string Name, ScalarType Type, long[] Shape)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        _path = path;
        _declared = [.. tensors];
        byte[] header = BuildHeader(_declared, metadata ?? new Dictionary<string, string> { ["format"] = "pt" });
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        _temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        _stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        _stream.Write(length);
        _stream.Write(header);
    }

    /// <summary>Writes a whole file.</summary>
    public static void WriteFile(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var writer = new SafetensorsWriter(path, tensors.Select(t => (t.Key, t.Value.dtype, t.Value.shape)), metadata);
        foreach (Tensor tensor in tensors.Values)
            writer.Write(tensor);
        writer.Commit();
    }

    /// <summary>Writes the next declared tensor. It may live on any device.</summary>
    /// <exception cref="ArgumentException">Its type or shape is not what was declared.</exception>
    public void Write(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (_next == _declared.Length)
            throw new InvalidOperationException("All declared tensors have been written.");
        (string name, ScalarType type, long[] shape) = _declared[_next];
        if (tensor.dtype != type || !tensor.shape.AsSpan().SequenceEqual(shape))
        {
            throw new ArgumentException(
                $"Tensor '{name}' was declared as {type} [{string.Join(", ", shape)}] but is {tensor.dtype} [{string.Join(", ", tensor.shape)}].",
                nameof(tensor));
        }

        _next++;
        long elements = shape.Aggregate(1L, (product, size) => product * size);
        if (elements == 0)
            return;
        const long Slice = 64 << 20;
        long step = Slice / ElementTypes.SizeOf(type);
        using IDisposable noGrad = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor flat = tensor.detach().cpu().contiguous().view(-1);
        for (long first = 0; first < elements; first += step)
        {
            using Tensor part = flat.narrow(0, first, Math.Min(step, elements - first));
            _stream.Write(part.bytes);
        }
    }

    /// <summary>Flushes to the disk and renames the file into place.</summary>
    /// <exception cref="InvalidOperationException">A declared tensor was not written.</exception>
    public void Commit()
    {
        if (_next < _declared.Length)
            throw new InvalidOperationException($"Tensor '{_declared[_next].Name}' was declared but not written.");
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _committed = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stream.Dispose();
        if (!_committed)
            File.Delete(_temporary);
    }

    private static byte[] BuildHeader((string Name, ScalarType Type, long[] Shape)[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            long offset = 0;
            foreach ((string name, ScalarType type, long[] shape) in tensors)
                offset = WriteEntry(json, name, type, shape, offset);
            json.WriteEndObject();
        }

        // Data starts at a multiple of 64 bytes, so that a mapped file gives aligned tensors.
        while ((buffer.Length + 8) % 64 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, ScalarType type, long[] shape, long offset)
    {
        long end = checked(offset + shape.Aggregate((long)ElementTypes.SizeOf(type), (product, size) => checked(product * size)));
        json.WriteStartObject(name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(type));
        json.WriteStartArray("shape");
        foreach (long size in shape)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
