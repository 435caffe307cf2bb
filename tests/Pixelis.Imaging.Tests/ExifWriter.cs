using System.Buffers.Binary;

namespace Pixelis.Imaging.Tests;

/// <summary>Puts an orientation tag into an encoded file.</summary>
internal static class ExifWriter
{
    internal static byte[] WithOrientation(byte[] file, ImageFileFormat format, int orientation, int width, int height)
    {
        byte[] exif = Exif(orientation);
        return format switch
        {
            ImageFileFormat.Jpeg => [.. file[..2], 0xFF, 0xE1, .. BigEndian16(exif.Length + 8), .. "Exif\0\0"u8, .. exif, .. file[2..]],
            ImageFileFormat.Png => [.. file[..33], .. PngChunk("eXIf"u8.ToArray(), exif), .. file[33..]],
            ImageFileFormat.WebP => ExtendedWebP(file, exif, width, height),
            _ => TiffWithTag(file, orientation),
        };
    }

    private static byte[] Exif(int orientation) =>
    [
        .. "II"u8, 42, 0, 8, 0, 0, 0, // header, first directory at 8
        1, 0,                         // one entry
        0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
        0, 0, 0, 0,
    ];

    internal static byte[] PngChunk(byte[] type, byte[] body)
    {
        byte[] named = [.. type, .. body];
        var chunk = new byte[named.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        named.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(named.Length + 4), Crc32(named));
        return chunk;
    }

    internal static uint Crc32(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
        }
        return ~crc;
    }

    // A simple WebP file becomes an extended one: VP8X (with the Exif flag), the old chunk, EXIF.
    private static byte[] ExtendedWebP(byte[] file, byte[] exif, int width, int height)
    {
        byte[] body = [.. "WEBPVP8X"u8, 10, 0, 0, 0, 0x08, 0, 0, 0, .. LittleEndian24(width - 1), .. LittleEndian24(height - 1), .. file[12..], .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif];
        var riff = new byte[8];
        "RIFF"u8.CopyTo(riff);
        BinaryPrimitives.WriteInt32LittleEndian(riff.AsSpan(4), body.Length);
        return [.. riff, .. body];
    }

    // Rewrites the directory at the end of the file with one entry more (or another value).
    private static byte[] TiffWithTag(byte[] file, int orientation)
    {
        int at = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4)), count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
        var entries = Enumerable.Range(0, count).Select(i => file.AsSpan(at + 2 + i * 12, 12).ToArray())
            .Where(e => BinaryPrimitives.ReadUInt16LittleEndian(e) != 274).ToList();
        entries.Add([0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0]);
        entries.Sort((a, b) => BinaryPrimitives.ReadUInt16LittleEndian(a).CompareTo(BinaryPrimitives.ReadUInt16LittleEndian(b)));
        byte[] padded = file.Length % 2 == 0 ? file : [.. file, 0];
        byte[] result = [.. padded, (byte)entries.Count, 0, .. entries.SelectMany(e => e), 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), padded.Length);
        return result;
    }

    private static byte[] BigEndian16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] LittleEndian24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
