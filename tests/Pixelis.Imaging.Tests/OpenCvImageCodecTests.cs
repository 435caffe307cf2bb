namespace Pixelis.Imaging.Tests;

public class OpenCvImageCodecTests
{
    private static readonly OpenCvImageCodec Codec = new();

    [Theory]
    [InlineData(ImageFileFormat.Png, PixelFormat.Rgb24)]
    [InlineData(ImageFileFormat.Png, PixelFormat.Rgba32)]
    [InlineData(ImageFileFormat.WebP, PixelFormat.Rgb24)]
    [InlineData(ImageFileFormat.WebP, PixelFormat.Rgba32)]
    [InlineData(ImageFileFormat.Bmp, PixelFormat.Rgb24)]
    [InlineData(ImageFileFormat.Tiff, PixelFormat.Rgb24)]
    [InlineData(ImageFileFormat.Tiff, PixelFormat.Rgba32)]
    public void LosslessFormatsGiveBackTheSamePixels(ImageFileFormat format, PixelFormat pixels)
    {
        PixelImage image = TestImages.Gradient(61, 45, pixels);
        byte[] file = Codec.Encode(image, format, quality: 100);
        Assert.Equal(new ImageInfo(format, 61, 45), Codec.Identify(file));
        Assert.Equal(image.ContentHash, Codec.Decode(file).ContentHash);
    }

    [Theory]
    [InlineData(ImageFileFormat.Jpeg, 6)]
    [InlineData(ImageFileFormat.WebP, 12)]
    public void LossyFormatsStayClose(ImageFileFormat format, int tolerance)
    {
        PixelImage image = TestImages.Gradient(160, 120);
        byte[] file = Codec.Encode(image, format);
        Assert.Equal(format, Codec.Identify(file).Format);
        Assert.InRange(TestImages.LargestDifference(image, Codec.Decode(file)), 1, tolerance);
    }

    [Theory]
    [InlineData(ImageFileFormat.Jpeg)]
    [InlineData(ImageFileFormat.Bmp)]
    public void FormatsWithoutAlphaLayTransparentPixelsOnWhite(ImageFileFormat format)
    {
        PixelImage clear = PixelImage.Wrap(16, 16, PixelFormat.Rgba32, new byte[16 * 16 * 4]);
        PixelImage decoded = Codec.Decode(Codec.Encode(clear, format));
        Assert.All(decoded.Pixels.ToArray(), value => Assert.Equal(255, value));
    }

    [Fact]
    public void GifCannotBeWritten()
    {
        var error = Assert.Throws<NotSupportedException>(() => Codec.Encode(TestImages.Gradient(4, 4), ImageFileFormat.Gif));
        Assert.Contains("PNG", error.Message);
    }

    [Fact]
    public void TheLimitIsAppliedBeforeDecoding()
    {
        byte[] file = Codec.Encode(TestImages.Gradient(100, 50), ImageFileFormat.Png);
        Assert.Equal(100, Codec.Decode(file, new ImageDecodeOptions { MaxPixels = 5000 }).Width);
        var error = Assert.Throws<ImageTooLargeException>(() => Codec.Decode(file, new ImageDecodeOptions { MaxPixels = 4999 }));
        Assert.Contains("100x50", error.Message);
    }

    [Theory]
    [InlineData(ImageFileFormat.Png)]
    [InlineData(ImageFileFormat.Jpeg)]
    [InlineData(ImageFileFormat.WebP)]
    [InlineData(ImageFileFormat.Bmp)]
    [InlineData(ImageFileFormat.Tiff)]
    public void EveryTruncationIsATypedError(ImageFileFormat format)
    {
        byte[] file = Codec.Encode(TestImages.Gradient(40, 30), format);
        for (int length = 0; length < file.Length / 2; length += Math.Max(1, file.Length / 97))
            Assert.Throws<ImageFormatException>(() => Codec.Decode(file.AsSpan(0, length)));
    }

    [Theory]
    [InlineData(new byte[0], "empty")]
    [InlineData(new byte[] { 1, 2, 3 }, "010203")]
    public void ForeignBytesAreNamed(byte[] data, string expected)
    {
        var error = Assert.Throws<ImageFormatException>(() => Codec.Identify(data));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void AFewBytesCannotClaimAHugePicture()
    {
        byte[] png = Codec.Encode(TestImages.Gradient(8, 8), ImageFileFormat.Png);
        png[18] = 0x20; // width 8 + 8192
        png[22] = 0x20;
        var error = Assert.Throws<ImageFormatException>(() => Codec.Decode(png));
        Assert.Contains("too short", error.Message);
    }
}
