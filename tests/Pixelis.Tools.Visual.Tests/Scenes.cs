namespace Pixelis.Tools.Visual.Tests;

/// <summary>Pictures drawn from formulas, with repeatable noise.</summary>
internal static class Scenes
{
    /// <summary>A picture whose pixel at (x, y) is what a function says, with uniform noise of the given amplitude.</summary>
    internal static PixelImage Draw(int width, int height, Func<int, int, (int R, int G, int B)> color, int noise = 0, int seed = 1)
    {
        var random = new Random(seed);
        var pixels = new byte[width * height * 3];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int r, int g, int b) = color(x, y);
                foreach (int channel in new[] { r, g, b })
                    pixels[at++] = (byte)Math.Clamp(channel + (noise == 0 ? 0 : random.Next(-noise, noise + 1)), 0, 255);
            }
        }
        return PixelImage.Wrap(width, height, PixelFormat.Rgb24, pixels);
    }

    internal static ObjectMask Mask(int width, int height, Func<int, int, bool> inside)
    {
        var bytes = new byte[width * height];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = inside(i % width, i / width) ? (byte)1 : (byte)0;
        return ObjectMask.Create(width, height, bytes);
    }

    internal static bool InEllipse(double x, double y, double cx, double cy, double a, double b, double degrees)
    {
        // Counter-clockwise as one sees it: rows run downwards.
        double t = -degrees * Math.PI / 180, dx = x - cx, dy = y - cy;
        double u = dx * Math.Cos(t) + dy * Math.Sin(t), v = -dx * Math.Sin(t) + dy * Math.Cos(t);
        return u * u / (a * a) + v * v / (b * b) <= 1;
    }
}
