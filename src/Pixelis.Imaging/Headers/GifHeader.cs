using System.Buffers.Binary;

namespace Pixelis.Imaging.Headers;

/// <summary>GIF: the logical screen, enlarged where the first picture reaches beyond it.</summary>
internal static class GifHeader
{
    // An LZW code of 12 bits stands for at most 4096 pixels.
    private const long MostPixelsPerByte = 4096 * 8 / 12 + 1;

    // Small pictures may lie on a larger empty screen; beyond this many pixels the data must account for the screen.
    private const long FreeScreenPixels = 4_000_000;

    internal static ParsedHeader Parse(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> screen = data.Slice(6, 7);
        int width = ReadUInt16(screen), height = ReadUInt16(screen[2..]);
        int at = SkipToPicture(data, 13 + PaletteBytes(screen[4]));
        ReadOnlySpan<byte> picture = data.Slice(at, 9);
        width = Math.Max(width, ReadUInt16(picture) + ReadUInt16(picture[4..]));
        height = Math.Max(height, ReadUInt16(picture[2..]) + ReadUInt16(picture[6..]));
        long mostPixels = Math.Max(FreeScreenPixels, (data.Length - at) * MostPixelsPerByte);
        return new ParsedHeader(new ImageInfo(ImageFileFormat.Gif, width, height), mostPixels);
    }

    // Returns the position after the picture separator.
    private static int SkipToPicture(ReadOnlySpan<byte> data, int at)
    {
        while (true)
        {
            byte block = data.Slice(at++, 1)[0];
            if (block == 0x2C)
                return at;
            if (block != 0x21)
                throw new ImageFormatException("The GIF holds no picture.");
            at++;
            int length;
            while ((length = data.Slice(at++, 1)[0]) != 0)
                at += length;
        }
    }

    private static int PaletteBytes(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    private static int ReadUInt16(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16LittleEndian(at);
}
