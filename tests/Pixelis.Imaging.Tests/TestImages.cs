namespace Pixelis.Imaging.Tests;

/// <summary>Pictures made from formulas, so that every test can say what it expects.</summary>
internal static class TestImages
{
    /// <summary>Smooth colour gradients with a dark top-left corner.</summary>
    internal static PixelImage Gradient(int width, int height, PixelFormat format = PixelFormat.Rgb24)
    {
        int channels = (int)format;
        var pixels = new byte[width * height * channels];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at += channels)
            {
                pixels[at] = (byte)(x * 255 / Math.Max(width - 1, 1));
                pixels[at + 1] = (byte)(y * 255 / Math.Max(height - 1, 1));
                pixels[at + 2] = (byte)((x + y) * 255 / Math.Max(width + height - 2, 1));
                if (channels == 4)
                    pixels[at + 3] = (byte)(255 - x * 200 / Math.Max(width - 1, 1));
            }
        }
        return PixelImage.Wrap(width, height, format, pixels);
    }

    /// <summary>The mean colour of a rectangle.</summary>
    internal static double[] Mean(PixelImage image, int left, int top, int right, int bottom)
    {
        var sums = new double[3];
        for (int y = top; y < bottom; y++)
        {
            ReadOnlySpan<byte> row = image.Row(y);
            for (int x = left; x < right; x++)
            {
                for (int c = 0; c < 3; c++)
                    sums[c] += row[x * image.Channels + c];
            }
        }
        return [.. sums.Select(s => s / ((right - left) * (bottom - top)))];
    }

    /// <summary>The largest difference between two pictures of equal shape.</summary>
    internal static int LargestDifference(PixelImage a, PixelImage b)
    {
        Assert.Equal((a.Width, a.Height, a.Format), (b.Width, b.Height, b.Format));
        int largest = 0;
        for (int i = 0; i < a.Pixels.Length; i++)
            largest = Math.Max(largest, Math.Abs(a.Pixels.Span[i] - b.Pixels.Span[i]));
        return largest;
    }
}
