using System.Buffers.Binary;

namespace Pixelis.Imaging.Headers;

/// <summary>WebP: the first chunk (VP8, VP8L or VP8X) and the orientation of an EXIF chunk.</summary>
internal static class WebPHeader
{
    internal static ParsedHeader Parse(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> type = data.Slice(12, 4);
        ReadOnlySpan<byte> body = data[20..];
        (int width, int height) =
            type.SequenceEqual("VP8 "u8) ? Lossy(body)
            : type.SequenceEqual("VP8L"u8) ? Lossless(body)
            : type.SequenceEqual("VP8X"u8) ? (1 + ReadUInt24(body.Slice(4, 3)), 1 + ReadUInt24(body.Slice(7, 3)))
            : throw new ImageFormatException("The WebP does not begin with a VP8, VP8L or VP8X chunk.");
        int orientation = type.SequenceEqual("VP8X"u8) ? FindOrientation(data) : 1;
        return new ParsedHeader(new ImageInfo(ImageFileFormat.WebP, width, height, orientation));
    }

    private static (int Width, int Height) Lossy(ReadOnlySpan<byte> body)
    {
        if (!body.Slice(3, 3).SequenceEqual<byte>([0x9D, 0x01, 0x2A]))
            throw new ImageFormatException("The WebP's VP8 stream does not begin with a key frame.");
        return (BinaryPrimitives.ReadUInt16LittleEndian(body.Slice(6, 2)) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(body.Slice(8, 2)) & 0x3FFF);
    }

    private static (int Width, int Height) Lossless(ReadOnlySpan<byte> body)
    {
        if (body[..1][0] != 0x2F)
            throw new ImageFormatException("The WebP's VP8L stream lacks its signature byte.");
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(body.Slice(1, 4));
        return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
    }

    private static int FindOrientation(ReadOnlySpan<byte> data)
    {
        for (long at = 12; at + 8 <= data.Length;)
        {
            ReadOnlySpan<byte> chunk = data[(int)at..];
            long length = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("EXIF"u8))
            {
                ReadOnlySpan<byte> exif = chunk.Slice(8, (int)Math.Min(length, chunk.Length - 8));
                return ExifOrientation.Read(exif.StartsWith("Exif\0\0"u8) ? exif[6..] : exif);
            }
            at += 8 + length + (length & 1);
        }
        return 1;
    }

    private static int ReadUInt24(ReadOnlySpan<byte> at) => at[0] | at[1] << 8 | at[2] << 16;
}
