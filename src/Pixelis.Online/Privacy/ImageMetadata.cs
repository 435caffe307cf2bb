using System.Buffers.Binary;
using System.Text;
using Pixelis.Imaging;

namespace Pixelis.Online.Privacy;

/// <summary>
/// What an image file says beside its pixels: where and when it was taken, with what, by whom. A picture that is stored is drawn anew from its
/// pixels, so nothing that hides in a file comes along. What can be seen in the picture stays.
/// </summary>
public static class ImageMetadata
{
    private const int JpegQuality = 95;

    /// <summary>
    /// Encodes a picture anew from its pixels: a JPEG as JPEG (quality 95), everything else as PNG, of an animation the first picture, upright.
    /// </summary>
    /// <param name="encoded">A whole image file.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="codec">Null for OpenCV's.</param>
    /// <returns>A file without metadata: <see cref="Find"/> finds nothing in it.</returns>
    /// <exception cref="ImageFormatException">The bytes are not a readable image.</exception>
    /// <exception cref="ImageTooLargeException">It is larger than the limits.</exception>
    /// <exception cref="PixelisException">The codec itself wrote metadata.</exception>
    public static byte[] Strip(ReadOnlySpan<byte> encoded, ImageDecodeOptions? options = null, IImageCodec? codec = null)
    {
        codec ??= OpenCvImageCodec.Shared;
        ImageFileFormat format = codec.Identify(encoded).Format == ImageFileFormat.Jpeg ? ImageFileFormat.Jpeg : ImageFileFormat.Png;
        byte[] clean = codec.Encode(codec.Decode(encoded, options), format, JpegQuality);
        IReadOnlyList<string> left = Find(clean);
        return left.Count == 0 ? clean : throw new PixelisException($"The image codec wrote metadata of its own ({string.Join(", ", left)}); the picture must not be stored.");
    }

    /// <summary>
    /// Names the parts of a PNG or JPEG file that are neither pixels nor needed to read them (<c>APP1</c>, <c>COM</c>, <c>tEXt</c>, <c>eXIf</c>, <c>iCCP</c>,
    /// <c>trailing bytes</c>), in order.
    /// </summary>
    /// <exception cref="ImageFormatException">Neither PNG nor JPEG, or its parts do not add up.</exception>
    public static IReadOnlyList<string> Find(ReadOnlySpan<byte> encoded)
    {
        if (encoded.StartsWith<byte>([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]))
            return FindInPng(encoded);
        return encoded.StartsWith<byte>([0xFF, 0xD8]) ? FindInJpeg(encoded) : throw new ImageFormatException("neither PNG nor JPEG.");
    }

    private static List<string> FindInPng(ReadOnlySpan<byte> file)
    {
        var found = new List<string>();
        for (int at = 8; ;)
        {
            if (file.Length - at < 12)
                throw new ImageFormatException("the PNG ends before its last chunk.");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
                throw new ImageFormatException("a PNG chunk is longer than the file.");
            string type = Encoding.Latin1.GetString(file.Slice(at + 4, 4));
            if (type is not ("IHDR" or "PLTE" or "tRNS" or "IDAT" or "IEND"))
                found.Add(type);
            at += (int)length + 12;
            if (type != "IEND")
                continue;
            if (at < file.Length)
                found.Add("trailing bytes");
            return found;
        }
    }

    private static List<string> FindInJpeg(ReadOnlySpan<byte> file)
    {
        var found = new List<string>();
        for (int at = 2; ;)
        {
            while (at + 1 < file.Length && file[at] == 0xFF && file[at + 1] == 0xFF)
                at++;
            if (file.Length - at < 2 || file[at] != 0xFF)
                throw new ImageFormatException("the JPEG's parts do not add up.");
            byte marker = file[at + 1];
            at += 2;
            if (marker == 0xD9)
            {
                if (at < file.Length)
                    found.Add("trailing bytes");
                return found;
            }
            int length = file.Length - at < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(file[at..]);
            if (length < 2 || length > file.Length - at)
                throw new ImageFormatException("a JPEG segment is longer than the file.");
            if (NameOf(marker, file.Slice(at + 2, length - 2)) is { } name)
                found.Add(name);
            at += length;
            if (marker == 0xDA)
                at = EndOfScan(file, at);
        }
    }

    // A plain JFIF mark says nothing about the picture; one with a thumbnail does.
    private static string? NameOf(byte marker, ReadOnlySpan<byte> segment) => marker switch
    {
        0xFE => "COM",
        0xE0 when segment.StartsWith("JFIF\0"u8) && segment.Length == 14 => null,
        >= 0xE0 and <= 0xEF => $"APP{marker - 0xE0}",
        _ => null,
    };

    // Inside compressed data, FF is followed by 00 or a restart mark.
    private static int EndOfScan(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length && !(file[at] == 0xFF && file[at + 1] is not (0 or (>= 0xD0 and <= 0xD7))))
            at++;
        return at;
    }
}
