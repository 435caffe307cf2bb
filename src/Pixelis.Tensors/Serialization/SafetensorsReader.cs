using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// A safetensors file, opened for reading. The header is read and checked at once, tensors on demand: either as views of the
/// memory-mapped file (<see cref="Map"/>, no copy) or as tensors of their own (<see cref="Read"/>). Mapped pages are private:
/// writing to such a tensor never changes the file. The file must not shrink while tensors of it are in use.
/// Tensors stay valid after <see cref="Dispose"/>. Safe for use by several threads.
/// </summary>
public sealed class SafetensorsReader : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ScalarType, Tensor> _maps = [];
    private readonly Dictionary<string, SafetensorsEntry> _entries;
    private readonly long _length;

    private SafetensorsReader(string path, long length, Dictionary<string, SafetensorsEntry> entries, Dictionary<string, string> metadata)
    {
        Path = path;
        _length = length;
        _entries = entries;
        Metadata = metadata;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensors in the file, by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>The strings of <c>__metadata__</c>; empty without it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header.</summary>
    /// <exception cref="SafetensorsException">The file is missing, damaged, or its header does not describe it.</exception>
    public static SafetensorsReader Open(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            (Dictionary<string, SafetensorsEntry> entries, Dictionary<string, string> metadata) = SafetensorsHeader.Read(path, stream);
            return new SafetensorsReader(path, stream.Length, entries, metadata);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SafetensorsException(path, null, $"cannot be read: {e.Message}", e);
        }
    }

    /// <summary>
    /// A tensor on the CPU whose memory is the mapped file. A tensor that does not start at a multiple of its element size
    /// cannot be mapped and is read instead.
    /// </summary>
    /// <exception cref="SafetensorsException">No such tensor, or an element type the runtime does not have.</exception>
    public Tensor Map(string name)
    {
        SafetensorsEntry entry = Find(name);
        ScalarType type = TypeOf(entry);
        int size = ElementTypes.SizeOf(type);
        if (entry.ByteCount == 0 || entry.Offset % size != 0)
            return Read(name);
        using Tensor flat = MapOf(type, size).narrow(0, entry.Offset / size, entry.ByteCount / size);
        return flat.view([.. entry.Shape]);
    }

    /// <summary>A tensor on the CPU with memory of its own, read from the file without mapping it.</summary>
    /// <exception cref="SafetensorsException">No such tensor, an element type the runtime does not have, or a failed read.</exception>
    public Tensor Read(string name)
    {
        SafetensorsEntry entry = Find(name);
        ScalarType type = TypeOf(entry);
        Tensor tensor = torch.empty([.. entry.Shape], dtype: type);
        if (entry.ByteCount == 0)
            return tensor;
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(Path);
            ReadInto(handle, tensor, entry, ElementTypes.SizeOf(type));
            return tensor;
        }
        catch (Exception e)
        {
            tensor.Dispose();
            if (e is IOException or UnauthorizedAccessException)
                throw new SafetensorsException(Path, name, $"cannot be read: {e.Message}", e);
            throw;
        }
    }

    /// <summary>
    /// A tensor with memory of its own, converted and moved. The mapped file is read slice by slice and let go behind, so that
    /// no more than a slice of it is held beside the result.
    /// </summary>
    /// <param name="name">The tensor.</param>
    /// <param name="type">Element type of the result.</param>
    /// <param name="device">Where the result is.</param>
    /// <exception cref="SafetensorsException">No such tensor, or an element type the runtime does not have.</exception>
    public Tensor Convert(string name, ScalarType type, Device device)
    {
        SafetensorsEntry entry = Find(name);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor source = Map(name).view(-1);
        bool mapped = entry.ByteCount > 0 && entry.Offset % ElementTypes.SizeOf(source.dtype) == 0;
        Tensor target = torch.empty([.. entry.Shape], dtype: type, device: device);
        using Tensor flat = target.view(-1);
        TensorSlices.ForEach(source, (slice, first) =>
        {
            using Tensor part = flat.narrow(0, first, slice.NumberOfElements);
            part.copy_(slice);
            if (mapped)
                MemoryAdvice.Release(slice, slice.NumberOfElements * ElementTypes.SizeOf(slice.dtype));
        });
        // Once more as a whole: a fault at the start of a slice maps pages around it, some of them let go already.
        if (mapped)
            MemoryAdvice.Release(source, entry.ByteCount);
        return target.MoveToOuterDisposeScope();
    }

    /// <summary>Unmaps the file once no tensor of it is left.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Tensor map in _maps.Values)
                map.Dispose();
            _maps.Clear();
        }
    }

    private static void ReadInto(Microsoft.Win32.SafeHandles.SafeFileHandle handle, Tensor tensor, SafetensorsEntry entry, int elementSize)
    {
        const long Slice = 64 << 20;
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor flat = tensor.view(-1);
        long elements = Slice / elementSize;
        for (long first = 0; first < entry.ElementCount; first += elements)
        {
            using Tensor part = flat.narrow(0, first, Math.Min(elements, entry.ElementCount - first));
            Span<byte> bytes = part.bytes;
            long offset = entry.Offset + (first * elementSize);
            while (!bytes.IsEmpty)
            {
                int read = RandomAccess.Read(handle, bytes, offset);
                if (read == 0)
                    throw new EndOfStreamException($"the file ended at byte {offset}");
                bytes = bytes[read..];
                offset += read;
            }
        }
    }

    private Tensor MapOf(ScalarType type, int size)
    {
        lock (_lock)
        {
            if (!_maps.TryGetValue(type, out Tensor? map))
            {
                // Outside inference mode: weights that are mapped once may be trained later.
                using IDisposable mode = torch.inference_mode(false);
                map = torch.from_file(Path, shared: false, size: _length / size, dtype: type).DetachFromDisposeScope();
                _maps.Add(type, map);
            }

            return map;
        }
    }

    private SafetensorsEntry Find(string name) =>
        _entries.TryGetValue(name, out SafetensorsEntry? entry)
            ? entry
            : throw new SafetensorsException(Path, name, "is not in the file");

    private ScalarType TypeOf(SafetensorsEntry entry) =>
        entry.ElementType ?? throw new SafetensorsException(Path, entry.Name, $"has element type {entry.TypeName}, which is not supported");
}
