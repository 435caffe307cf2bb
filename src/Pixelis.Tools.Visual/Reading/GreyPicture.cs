using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual.Reading;

/// <summary>A grey picture on its way to the reader, and how its pixels lie in the picture it was made from.</summary>
/// <param name="Pixels">One byte a pixel.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
internal sealed record GreyPicture(byte[] Pixels, int Width, int Height)
{
    /// <summary>A grey copy of a crop, scaled by a factor, with a margin (in source pixels) that repeats its edge.</summary>
    internal static unsafe GreyPicture From(PixelImage rgb, double scale, int margin)
    {
        int width = Math.Max(1, (int)Math.Round((rgb.Width + 2 * margin) * scale)), height = Math.Max(1, (int)Math.Round((rgb.Height + 2 * margin) * scale));
        var grey = new byte[checked(width * height)];
        fixed (byte* from = rgb.Pixels.Span, to = grey)
            VisualMethods.Check(VisualMethods.pv_text_scaled(from, rgb.Width, rgb.Height, margin, to, width, height), "Scaling a picture for reading");
        return new GreyPicture(grey, width, height);
    }

    /// <summary>The picture turned counter-clockwise by 90, 180 or 270 degrees, so that text turned clockwise by as much stands upright.</summary>
    internal GreyPicture TurnedBack(int degrees)
    {
        if (degrees == 0)
            return this;
        (int width, int height) = degrees == 180 ? (Width, Height) : (Height, Width);
        var turned = new byte[Pixels.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                (int sx, int sy) = Source(x, y, degrees);
                turned[y * width + x] = Pixels[sy * Width + sx];
            }
        }
        return new GreyPicture(turned, width, height);
    }

    /// <summary>A box of the turned picture as a box of this one.</summary>
    internal PixelRect SourceBox(PixelRect box, int degrees)
    {
        (int x0, int y0) = Source(box.X, box.Y, degrees);
        (int x1, int y1) = Source(box.Right - 1, box.Bottom - 1, degrees);
        return new PixelRect(Math.Min(x0, x1), Math.Min(y0, y1), Math.Abs(x1 - x0) + 1, Math.Abs(y1 - y0) + 1);
    }

    private (int X, int Y) Source(int x, int y, int degrees) => degrees switch
    {
        90 => (Width - 1 - y, x),
        180 => (Width - 1 - x, Height - 1 - y),
        270 => (y, Height - 1 - x),
        _ => (x, y),
    };
}
