using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Pixelis.Training;

/// <summary>
/// Writes scalars as TensorBoard reads them: a TFRecord file of <c>Event</c> messages (tensorflow/core/util/event.proto), of which only
/// wall time, step, file version and scalar summaries are used.
/// </summary>
public sealed class TensorBoardWriter : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Starts a file <c>events.out.tfevents.SECONDS.pixelis</c>.</summary>
    /// <param name="folder">Made when absent.</param>
    public TensorBoardWriter(string folder)
    {
        Directory.CreateDirectory(folder);
        long seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string path;
        do
        {
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds++:D10}.pixelis"));
        }
        while (File.Exists(path));
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Record(Event(0, json => Text(json, 3, "brain.Event:2")));
    }

    /// <summary>Writes one value. Values that are no finite number are passed over.</summary>
    /// <param name="tag">Its name; slashes make groups.</param>
    /// <param name="step">Its step.</param>
    /// <param name="value">The value.</param>
    public void Scalar(string tag, long step, double value)
    {
        ArgumentNullException.ThrowIfNull(tag);
        if (!double.IsFinite(value))
            return;
        using var entry = new MemoryStream(); // Summary.Value: tag = 1, simple_value = 2
        Text(entry, 1, tag);
        Fixed32(entry, 2, (float)value);
        using var summary = new MemoryStream(); // Summary: value = 1
        Bytes(summary, 1, entry.ToArray());
        Record(Event(step, e => Bytes(e, 5, summary.ToArray())));
    }

    /// <summary>Hands what was written to the operating system.</summary>
    public void Flush() => _stream.Flush();

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();

    // Event: wall_time = 1 (double), step = 2 (int64), file_version = 3, summary = 5
    private static byte[] Event(long step, Action<MemoryStream> body)
    {
        using var message = new MemoryStream();
        Span<byte> time = stackalloc byte[9];
        time[0] = (1 << 3) | 1;
        BinaryPrimitives.WriteDoubleLittleEndian(time[1..], DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0);
        message.Write(time);
        if (step != 0)
        {
            message.WriteByte(2 << 3);
            Varint(message, (ulong)step);
        }

        body(message);
        return message.ToArray();
    }

    // A record: length, its masked checksum, data, its masked checksum.
    private void Record(byte[] data)
    {
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], Crc32C.Masked(head[..8]));
        _stream.Write(head);
        _stream.Write(data);
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Crc32C.Masked(data));
        _stream.Write(tail);
    }

    private static void Text(MemoryStream to, int field, string text) => Bytes(to, field, Encoding.UTF8.GetBytes(text));

    private static void Bytes(MemoryStream to, int field, byte[] bytes)
    {
        Varint(to, (ulong)((field << 3) | 2));
        Varint(to, (ulong)bytes.Length);
        to.Write(bytes);
    }

    private static void Fixed32(MemoryStream to, int field, float value)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = (byte)((field << 3) | 5);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[1..], value);
        to.Write(bytes);
    }

    private static void Varint(MemoryStream to, ulong value)
    {
        while (value >= 0x80)
        {
            to.WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        to.WriteByte((byte)value);
    }
}
