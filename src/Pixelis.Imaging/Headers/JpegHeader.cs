using System.Buffers.Binary;

namespace Pixelis.Imaging.Headers;

/// <summary>JPEG: the frame header (SOF) and the orientation of an Exif APP1 segment.</summary>
internal static class JpegHeader
{
    // A block of 64 pixels costs at least a bit in any Huffman scan; eight times that leaves room for arithmetic coding.
    private const long MostPixelsPerByte = 64 * 8 * 8;

    internal static ParsedHeader Parse(ReadOnlySpan<byte> data)
    {
        int orientation = 1, width = 0, height = 0, at = 2;
        while (NextMarker(data, ref at) is var marker && marker != 0xDA && marker != 0xD9)
        {
            if (marker is 0x01 or (>= 0xD0 and <= 0xD8))
                continue;
            int length = BinaryPrimitives.ReadUInt16BigEndian(data.Slice(at, 2));
            if (length < 2)
                throw new ImageFormatException($"A JPEG segment (marker {marker:X2}) claims a length of {length}; at least 2 is needed.");
            ReadOnlySpan<byte> segment = data.Slice(at + 2, length - 2);
            if (IsFrameHeader(marker))
            {
                height = BinaryPrimitives.ReadUInt16BigEndian(segment.Slice(1, 2));
                width = BinaryPrimitives.ReadUInt16BigEndian(segment.Slice(3, 2));
            }
            else if (marker == 0xE1 && segment.StartsWith("Exif\0\0"u8))
                orientation = ExifOrientation.Read(segment[6..]);
            at += length;
        }
        if (width == 0 || height == 0)
            throw new ImageFormatException("The JPEG has no frame header with a size before its image data.");
        return new ParsedHeader(new ImageInfo(ImageFileFormat.Jpeg, width, height, orientation), data.Length * MostPixelsPerByte);
    }

    private static int NextMarker(ReadOnlySpan<byte> data, ref int at)
    {
        // Like libjpeg: whatever lies between segments is skipped, and any number of FF bytes may precede a marker.
        while (true)
        {
            int found = data[Math.Min(at, data.Length)..].IndexOf((byte)0xFF);
            if (found < 0)
                throw new ImageFormatException("The JPEG ends before its image data.");
            at += found;
            while (at < data.Length && data[at] == 0xFF)
                at++;
            if (at >= data.Length)
                throw new ImageFormatException("The JPEG ends before its image data.");
            if (data[at++] is not 0 and var marker)
                return marker;
        }
    }

    private static bool IsFrameHeader(int marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
