namespace Pixelis.Imaging.Tests;

public class ImageOrientationTests
{
    // A stored 3x2 picture with the values 1 2 3 / 4 5 6 in the red channel, and what Exif says it looks like upright.
    [Theory]
    [InlineData(1, 3, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(2, 3, new byte[] { 3, 2, 1, 6, 5, 4 })]
    [InlineData(3, 3, new byte[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(4, 3, new byte[] { 4, 5, 6, 1, 2, 3 })]
    [InlineData(5, 2, new byte[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(6, 2, new byte[] { 4, 1, 5, 2, 6, 3 })]
    [InlineData(7, 2, new byte[] { 6, 3, 5, 2, 4, 1 })]
    [InlineData(8, 2, new byte[] { 3, 6, 2, 5, 1, 4 })]
    public void TurnsUpright(int orientation, int width, byte[] expected)
    {
        byte[] pixels = [.. Enumerable.Range(1, 6).SelectMany(v => new byte[] { (byte)v, 0, 0 })];
        PixelImage upright = ImageOrientation.Apply(PixelImage.Wrap(3, 2, PixelFormat.Rgb24, pixels), orientation);
        Assert.Equal(width, upright.Width);
        Assert.Equal(expected, upright.Pixels.ToArray().Where((_, i) => i % 3 == 0));
    }

    [Fact]
    public void LargePicturesTurnLikeSmallOnes()
    {
        PixelImage image = TestImages.Gradient(131, 77, PixelFormat.Rgba32);
        PixelImage turned = image;
        for (int i = 0; i < 4; i++)
            turned = ImageOrientation.Apply(turned, 6);
        Assert.Equal(image.ContentHash, turned.ContentHash);
        Assert.Equal(image.ContentHash, ImageOrientation.Apply(ImageOrientation.Apply(image, 6), 8).ContentHash);
    }

    [Theory]
    [InlineData(ImageFileFormat.Jpeg)]
    [InlineData(ImageFileFormat.Png)]
    [InlineData(ImageFileFormat.WebP)]
    [InlineData(ImageFileFormat.Tiff)]
    public void TheTagIsHonouredInEveryFormatThatHasOne(ImageFileFormat format)
    {
        PixelImage stored = TestImages.Gradient(48, 32);
        for (int orientation = 1; orientation <= 8; orientation++)
        {
            byte[] file = ExifWriter.WithOrientation(OpenCvImageCodec.Shared.Encode(stored, format, 100), format, orientation, 48, 32);
            Assert.Equal(orientation, OpenCvImageCodec.Shared.Identify(file).Orientation);
            PixelImage expected = ImageOrientation.Apply(stored, orientation);
            PixelImage actual = OpenCvImageCodec.Shared.Decode(file);
            Assert.InRange(TestImages.LargestDifference(expected, actual), 0, format == ImageFileFormat.Jpeg ? 8 : 0);
        }
    }
}
