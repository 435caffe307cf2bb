namespace Pixelis.Imaging;

/// <summary>Turns pictures upright: the eight orientations that Exif knows.</summary>
internal static class ImageOrientation
{
    // Squares of this side keep source and target rows in the cache while axes are swapped.
    private const int Block = 32;

    /// <summary>The upright form of a picture stored with an Exif orientation (1..8).</summary>
    internal static PixelImage Apply(PixelImage stored, int orientation)
    {
        if (orientation == 1)
            return stored;
        int width = stored.Width, height = stored.Height, channels = stored.Channels;
        bool swapped = orientation >= 5;
        int uprightWidth = swapped ? height : width, uprightHeight = swapped ? width : height;
        byte[] target = GC.AllocateUninitializedArray<byte>(checked(width * height * channels));
        ReadOnlySpan<byte> source = stored.Pixels.Span;
        for (int blockY = 0; blockY < uprightHeight; blockY += Block)
        {
            for (int blockX = 0; blockX < uprightWidth; blockX += Block)
            {
                for (int y = blockY; y < Math.Min(blockY + Block, uprightHeight); y++)
                {
                    for (int x = blockX; x < Math.Min(blockX + Block, uprightWidth); x++)
                    {
                        (int fromX, int fromY) = SourceOf(orientation, x, y, width, height);
                        source.Slice((fromY * width + fromX) * channels, channels).CopyTo(target.AsSpan((y * uprightWidth + x) * channels));
                    }
                }
            }
        }
        return PixelImage.Wrap(uprightWidth, uprightHeight, stored.Format, target);
    }

    /// <summary>The Exif orientation that turns a frame clockwise by a multiple of 90 degrees.</summary>
    internal static int FromClockwiseDegrees(int degrees) => (((degrees % 360) + 360) % 360) switch { 90 => 6, 180 => 3, 270 => 8, _ => 1 };

    // Where the upright pixel (x, y) lies in the stored picture of width x height.
    private static (int X, int Y) SourceOf(int orientation, int x, int y, int width, int height) => orientation switch
    {
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (y, height - 1 - x),
        7 => (width - 1 - y, height - 1 - x),
        8 => (width - 1 - y, x),
        _ => (x, y),
    };
}
