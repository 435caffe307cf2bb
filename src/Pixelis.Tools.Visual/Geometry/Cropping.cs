namespace Pixelis.Tools.Visual;

/// <summary>Cuts pieces out of images.</summary>
public static class Cropping
{
    /// <summary>Copies the whole pixels that a box covers; the box must lie in the image and cover at least one.</summary>
    /// <exception cref="ArgumentException">It covers none.</exception>
    public static PixelImage Crop(PixelImage image, PixelBox box)
    {
        ArgumentNullException.ThrowIfNull(image);
        PixelBox whole = box.RoundOut().ClampTo(image.Width, image.Height);
        int left = (int)whole.Left, top = (int)whole.Top, width = (int)whole.Width, height = (int)whole.Height;
        if (width < 1 || height < 1)
            throw new ArgumentException($"The box {box} covers no pixel of a {image.Width}x{image.Height} image.", nameof(box));
        int channels = image.Channels;
        var pixels = new byte[checked(width * height * channels)];
        for (int y = 0; y < height; y++)
            image.Row(top + y).Slice(left * channels, width * channels).CopyTo(pixels.AsSpan(y * width * channels));
        return PixelImage.Wrap(width, height, image.Format, pixels);
    }
}
