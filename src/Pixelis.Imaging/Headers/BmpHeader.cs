using System.Buffers.Binary;

namespace Pixelis.Imaging.Headers;

/// <summary>Windows bitmaps: the core header (12 bytes) and all later ones.</summary>
internal static class BmpHeader
{
    internal static ParsedHeader Parse(ReadOnlySpan<byte> data)
    {
        uint headerLength = BinaryPrimitives.ReadUInt32LittleEndian(data.Slice(14, 4));
        if (headerLength == 12)
        {
            ReadOnlySpan<byte> core = data.Slice(18, 8);
            return Result(data, ReadUInt16(core), ReadUInt16(core[2..]), ReadUInt16(core[6..]), compression: 0);
        }
        if (headerLength is < 40 or > 1024)
            throw new ImageFormatException($"The BMP's header claims {headerLength} bytes: expected 12 or 40 to 1024.");
        ReadOnlySpan<byte> info = data.Slice(18, 16);
        int width = BinaryPrimitives.ReadInt32LittleEndian(info);
        int height = BinaryPrimitives.ReadInt32LittleEndian(info[4..]); // negative: rows from the top
        if (height == int.MinValue)
            throw new ImageFormatException("The BMP's height is out of range.");
        return Result(data, width, Math.Abs(height), ReadUInt16(info[10..]), BinaryPrimitives.ReadUInt32LittleEndian(info[12..]));
    }

    private static ParsedHeader Result(ReadOnlySpan<byte> data, int width, int height, int bitsPerPixel, uint compression)
    {
        // Run-length encoding (1 and 2) turns two bytes into at most 255 pixels; everything else is stored plainly.
        long mostPixels = compression is 1 or 2 ? data.Length * 128L : data.Length * 8L / Math.Max(bitsPerPixel, 1);
        return new ParsedHeader(new ImageInfo(ImageFileFormat.Bmp, width, height), mostPixels);
    }

    private static int ReadUInt16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16LittleEndian(at);
}
