using System.Buffers.Binary;

namespace Pixelis.Imaging.Headers;

/// <summary>PNG: the IHDR chunk, the orientation of an eXIf chunk, and how much image data follows.</summary>
internal static class PngHeader
{
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    // Deflate shrinks at most by this factor.
    private const long LargestDeflateRatio = 1032;

    internal static ParsedHeader Parse(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> header = data.Slice(8, 8 + 13);
        if (BinaryPrimitives.ReadUInt32BigEndian(header) != 13 || !header.Slice(4, 4).SequenceEqual("IHDR"u8))
            throw new ImageFormatException("The PNG does not begin with an IHDR chunk of 13 bytes.");
        int width = BinaryPrimitives.ReadInt32BigEndian(header[8..]);
        int height = BinaryPrimitives.ReadInt32BigEndian(header[12..]);
        int bitsPerPixel = header[16] * ChannelsOf(header[17]);
        (long compressed, int orientation) = WalkChunks(data);
        long mostPixels = (compressed * LargestDeflateRatio + 1024) * 8 / Math.Max(bitsPerPixel, 1);
        return new ParsedHeader(new ImageInfo(ImageFileFormat.Png, width, height, orientation), mostPixels);
    }

    private static int ChannelsOf(byte colourType) => colourType switch
    {
        0 or 3 => 1,
        2 => 3,
        4 => 2,
        6 => 4,
        _ => throw new ImageFormatException($"The PNG's colour type {colourType} does not exist: expected 0, 2, 3, 4 or 6."),
    };

    private static (long Compressed, int Orientation) WalkChunks(ReadOnlySpan<byte> data)
    {
        long compressed = 0;
        int orientation = 1;
        for (long at = 8; at + 8 <= data.Length;)
        {
            ReadOnlySpan<byte> chunk = data[(int)at..];
            long length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            long present = Math.Min(length, chunk.Length - 8);
            ReadOnlySpan<byte> type = chunk.Slice(4, 4);
            if (type.SequenceEqual("IDAT"u8))
                compressed += present;
            else if (type.SequenceEqual("eXIf"u8))
                orientation = ExifOrientation.Read(chunk.Slice(8, (int)present));
            else if (type.SequenceEqual("IEND"u8))
                break;
            at += 12 + length;
        }
        return (compressed, orientation);
    }
}
