using System.Buffers.Binary;
using System.IO.Compression;

namespace Pixelis.Imaging.Tests.Robustness;

/// <summary>Small valid files of every format, with the features that decoders treat apart, to be damaged by the fuzz tests.</summary>
internal static class SeedImages
{
    internal static List<byte[]> All()
    {
        var codec = OpenCvImageCodec.Shared;
        PixelImage rgb = TestImages.Gradient(37, 23), rgba = TestImages.Gradient(21, 33, PixelFormat.Rgba32);
        var seeds = new List<byte[]>();
        foreach (ImageFileFormat format in (ImageFileFormat[])[ImageFileFormat.Png, ImageFileFormat.Jpeg, ImageFileFormat.WebP, ImageFileFormat.Bmp, ImageFileFormat.Tiff])
        {
            seeds.Add(codec.Encode(rgb, format, 90));
            seeds.Add(codec.Encode(rgba, format, 100));
        }
        seeds.Add(ExifWriter.WithOrientation(codec.Encode(rgb, ImageFileFormat.Jpeg), ImageFileFormat.Jpeg, 6, 37, 23));
        seeds.Add(ExifWriter.WithOrientation(codec.Encode(rgb, ImageFileFormat.WebP), ImageFileFormat.WebP, 5, 37, 23));
        seeds.Add(Gif(interlaced: false));
        seeds.Add(Gif(interlaced: true));
        seeds.Add(Palette(bits: 4));
        seeds.Add(Palette(bits: 1));
        return seeds;
    }

    /// <summary>A GIF of 16x9 with a transparent index, uncompressed codes, and a comment.</summary>
    internal static byte[] Gif(bool interlaced)
    {
        var pixels = new List<byte>();
        int bits = 0, pending = 0;
        void Put(int code)
        {
            pending |= code << bits;
            for (bits += 3; bits >= 8; bits -= 8, pending >>= 8)
                pixels.Add((byte)pending);
        }
        for (int i = 0; i < 16 * 9; i++)
        {
            if (i % 2 == 0)
                Put(4); // clear, so that codes stay three bits wide
            Put(i % 16 / 4);
        }
        Put(5);
        if (bits > 0)
            pixels.Add((byte)pending);
        return
        [
            .. "GIF89a"u8, 16, 0, 9, 0, 0x91, 0, 0,
            255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9,
            0x21, 0xFE, 2, (byte)'h', (byte)'i', 0,
            0x21, 0xF9, 4, 1, 0, 0, 3, 0,
            0x2C, 0, 0, 0, 0, 16, 0, 9, 0, (byte)(interlaced ? 0x40 : 0),
            2, (byte)pixels.Count, .. pixels, 0, 0x3B,
        ];
    }

    /// <summary>A palette PNG of 16x4 with transparency.</summary>
    internal static byte[] Palette(int bits)
    {
        int stride = 16 * bits / 8;
        var raw = new byte[(stride + 1) * 4];
        for (int i = 0; i < raw.Length; i++)
            raw[i] = i % (stride + 1) == 0 ? (byte)0 : (byte)(bits == 1 ? 0b10110100 : 0x12);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(raw);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, 16);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), 4);
        (header[8], header[9]) = ((byte)bits, 3);
        byte[] end = [0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82];
        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
            .. ExifWriter.PngChunk("IHDR"u8.ToArray(), header),
            .. ExifWriter.PngChunk("PLTE"u8.ToArray(), [255, 0, 0, 0, 255, 0, 0, 0, 255]),
            .. ExifWriter.PngChunk("tRNS"u8.ToArray(), [255, 128]),
            .. ExifWriter.PngChunk("IDAT"u8.ToArray(), packed.ToArray()),
            .. end,
        ];
    }
}
