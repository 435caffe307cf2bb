namespace Pixelis.Data.Drawing;

/// <summary>How much of each pixel of a rectangle a shape covers, 0..255.</summary>
internal sealed class Coverage(int left, int top, int width, int height)
{
    public int Left => left;

    public int Top => top;

    public int Width => width;

    public int Height => height;

    public byte[] Values { get; } = new byte[width * height];

    /// <summary>The smallest box about the pixels that are covered by half or more; empty (0, 0, 0, 0) when there is none.</summary>
    public PixelBox Box()
    {
        int x0 = int.MaxValue, y0 = int.MaxValue, x1 = -1, y1 = -1;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (Values[y * width + x] < 128)
                    continue;
                (x0, x1) = (Math.Min(x0, x), Math.Max(x1, x));
                (y0, y1) = (Math.Min(y0, y), y);
            }
        }
        return x1 < 0 ? default : new PixelBox(left + x0, top + y0, left + x1 + 1, top + y1 + 1);
    }

    /// <summary>The pixels covered by half or more, as a mask of a picture.</summary>
    public RunLengthMask ToMask(int pictureWidth, int pictureHeight)
    {
        var inside = new byte[pictureWidth * pictureHeight];
        for (int y = Math.Max(0, top); y < Math.Min(pictureHeight, top + height); y++)
        {
            for (int x = Math.Max(0, left); x < Math.Min(pictureWidth, left + width); x++)
                inside[y * pictureWidth + x] = Values[(y - top) * width + x - left] >= 128 ? (byte)1 : (byte)0;
        }
        return RunLengthMask.Encode(pictureWidth, pictureHeight, inside);
    }
}
