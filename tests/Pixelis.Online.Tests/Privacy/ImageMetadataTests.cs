using System.Buffers.Binary;
using System.Text;
using Pixelis.Imaging;
using Pixelis.Online.Privacy;

namespace Pixelis.Online.Tests.Privacy;

public class ImageMetadataTests
{
    private static readonly PixelImage Picture = PixelImage.Create(8, 6, PixelFormat.Rgb24, Enumerable.Range(0, 8 * 6 * 3).Select(i => (byte)(i * 5)).ToArray());

    [Fact]
    public void A_jpeg_loses_its_place_comment_profile_and_tail()
    {
        byte[] jpeg = WithSegments(OpenCvImageCodec.Shared.Encode(Picture, ImageFileFormat.Jpeg),
            (0xE1, [.. "Exif\0\0"u8, .. GpsExif()]), (0xE1, "http://ns.adobe.com/xap/1.0/\0<x>Ann Lee</x>"u8.ToArray()),
            (0xE2, "ICC_PROFILE\0\u0001\u0001secret profile"u8.ToArray()), (0xED, "Photoshop 3.0\0caption"u8.ToArray()), (0xFE, "taken by Ann Lee"u8.ToArray()));
        jpeg = [.. jpeg, .. "hidden payload"u8];
        Assert.Equal(["APP1", "APP1", "APP2", "APP13", "COM", "trailing bytes"], ImageMetadata.Find(jpeg));
        Assert.Equal(6, OpenCvImageCodec.Shared.Identify(jpeg).Orientation); // the reader did see the EXIF

        byte[] clean = ImageMetadata.Strip(jpeg);
        Assert.Empty(ImageMetadata.Find(clean));
        foreach (string trace in new[] { "Exif", "GPSTRACE", "Ann Lee", "ICC_PROFILE", "secret", "Photoshop", "hidden" })
        {
            Assert.True(jpeg.AsSpan().IndexOf(Encoding.ASCII.GetBytes(trace)) >= 0, trace);
            Assert.True(clean.AsSpan().IndexOf(Encoding.ASCII.GetBytes(trace)) < 0, trace);
        }
        ImageInfo info = OpenCvImageCodec.Shared.Identify(clean);
        Assert.Equal((ImageFileFormat.Jpeg, 6, 8, 1), (info.Format, info.Width, info.Height, info.Orientation)); // turned upright, as it is seen
    }

    [Fact]
    public void A_png_keeps_its_pixels_and_nothing_else()
    {
        byte[] png = OpenCvImageCodec.Shared.Encode(Picture, ImageFileFormat.Png);
        byte[] tagged = [.. png[..33], .. Chunk("tEXt", "Author\0Ann Lee"u8), .. Chunk("eXIf", GpsExif()), .. Chunk("tIME", [7, 234, 1, 2, 3, 4, 5]), .. png[33..], 1, 2, 3];
        Assert.Equal(["tEXt", "eXIf", "tIME", "trailing bytes"], ImageMetadata.Find(tagged));
        byte[] clean = ImageMetadata.Strip(tagged);
        Assert.Empty(ImageMetadata.Find(clean));
        Assert.True(clean.AsSpan().IndexOf("Ann Lee"u8) < 0);
        PixelImage before = OpenCvImageCodec.Shared.Decode(tagged), after = OpenCvImageCodec.Shared.Decode(clean);
        Assert.Equal(before.ContentHash, after.ContentHash);
    }

    [Fact]
    public void Other_formats_become_png()
    {
        byte[] clean = ImageMetadata.Strip(OpenCvImageCodec.Shared.Encode(Picture, ImageFileFormat.Bmp));
        Assert.Equal(Picture.ContentHash, OpenCvImageCodec.Shared.Decode(clean).ContentHash);
        Assert.Equal(ImageFileFormat.Png, OpenCvImageCodec.Shared.Identify(clean).Format);
    }

    [Fact]
    public void What_is_no_whole_image_is_refused()
    {
        byte[] png = OpenCvImageCodec.Shared.Encode(Picture, ImageFileFormat.Png), jpeg = OpenCvImageCodec.Shared.Encode(Picture, ImageFileFormat.Jpeg);
        Assert.Throws<ImageFormatException>(() => ImageMetadata.Find("GIF89a"u8));
        for (int length = 2; length < jpeg.Length - 1; length += 11)
            Assert.Throws<ImageFormatException>(() => ImageMetadata.Find(jpeg.AsSpan(0, length)));
        for (int length = 8; length < png.Length - 1; length += 7)
            Assert.Throws<ImageFormatException>(() => ImageMetadata.Find(png.AsSpan(0, length)));
        Assert.Throws<ImageFormatException>(() => ImageMetadata.Strip(png.AsSpan(0, 60)));
    }

    // A little-endian TIFF: orientation 6, and a GPS directory with a processing method.
    private static byte[] GpsExif()
    {
        var tiff = new List<byte>("II*\0"u8.ToArray());
        Add32(8);
        Add16(2);
        Entry(0x0112, 3, 1, 6); // orientation
        Entry(0x8825, 4, 1, 38); // GPS directory
        Add32(0);
        Add16(2);
        Entry(0x0001, 2, 2, 'N'); // latitude reference
        Entry(0x001B, 7, 8, 68); // processing method
        Add32(0);
        tiff.AddRange("GPSTRACE"u8);
        return [.. tiff];

        void Add16(int value) => tiff.AddRange([(byte)value, (byte)(value >> 8)]);
        void Add32(int value) => tiff.AddRange(BitConverter.GetBytes(value));
        void Entry(int tag, int type, int count, int value)
        {
            Add16(tag);
            Add16(type);
            Add32(count);
            Add32(value);
        }
    }

    private static byte[] WithSegments(byte[] jpeg, params (byte Marker, byte[] Data)[] segments) =>
        [.. jpeg[..2], .. segments.SelectMany(s => (byte[])[0xFF, s.Marker, (byte)((s.Data.Length + 2) >> 8), (byte)(s.Data.Length + 2), .. s.Data]), .. jpeg[2..]];

    private static byte[] Chunk(string type, ReadOnlySpan<byte> data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] chunk = new byte[body.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        body.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(body.Length + 4), Crc(body));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }
        return ~crc;
    }
}
