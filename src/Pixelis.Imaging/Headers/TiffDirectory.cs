using System.Buffers.Binary;

namespace Pixelis.Imaging.Headers;

/// <summary>Reads the first directory of a TIFF structure, which is also what Exif data is made of.</summary>
internal readonly ref struct TiffDirectory
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly ReadOnlySpan<byte> _entries;
    private readonly bool _bigEndian;

    private TiffDirectory(ReadOnlySpan<byte> data, ReadOnlySpan<byte> entries, bool bigEndian)
    {
        _data = data;
        _entries = entries;
        _bigEndian = bigEndian;
    }

    /// <summary>Opens the first directory; false when the bytes are no TIFF structure or end within it.</summary>
    internal static bool TryOpen(ReadOnlySpan<byte> data, out TiffDirectory directory)
    {
        directory = default;
        if (data.Length < 8)
            return false;
        bool bigEndian = data[0] == 'M';
        if (data[0] != data[1] || !(bigEndian || data[0] == 'I') || UInt16(data[2..], bigEndian) != 42)
            return false;
        uint at = UInt32(data[4..], bigEndian);
        if (at > data.Length - 2)
            return false;
        int count = UInt16(data[(int)at..], bigEndian);
        if (count * 12 > data.Length - (int)at - 2)
            return false;
        directory = new TiffDirectory(data, data.Slice((int)at + 2, count * 12), bigEndian);
        return true;
    }

    /// <summary>The first value of a tag of type BYTE, SHORT or LONG; null when it is absent or of another type.</summary>
    /// <param name="tag">The tag's number.</param>
    /// <param name="occurrences">How often the tag stands in the directory.</param>
    internal long? Value(int tag, out int occurrences)
    {
        occurrences = 0;
        long? value = null;
        for (int i = 0; i < _entries.Length; i += 12)
        {
            ReadOnlySpan<byte> entry = _entries.Slice(i, 12);
            if (UInt16(entry, _bigEndian) != tag)
                continue;
            occurrences++;
            value ??= ValueOf(entry);
        }
        return value;
    }

    private long? ValueOf(ReadOnlySpan<byte> entry)
    {
        int type = UInt16(entry[2..], _bigEndian), size = type switch { 1 => 1, 3 => 2, 4 => 4, _ => 0 };
        long count = UInt32(entry[4..], _bigEndian);
        if (size == 0 || count == 0)
            return null;
        ReadOnlySpan<byte> value = entry[8..];
        if (count * size > 4)
        {
            uint at = UInt32(value, _bigEndian);
            if (at > _data.Length - size)
                return null;
            value = _data[(int)at..];
        }
        return size switch { 1 => value[0], 2 => UInt16(value, _bigEndian), _ => UInt32(value, _bigEndian) };
    }

    private static int UInt16(ReadOnlySpan<byte> at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    private static uint UInt32(ReadOnlySpan<byte> at, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
}
