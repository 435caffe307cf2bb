namespace Pixelis.Data.Drawing;

/// <summary>How much of each pixel of a rectangle a shape covers, 0..255.</summary>
internal sealed class Coverage(int left, int top, int width, int height)
{
    public int Left => left;

    public int Top => top;

    public int Width => width;

    public int Height => height;

    public byte[] Values { get; } = new byte[width * height];

    /// <summary>
    /// The same shape with edges that fade over a few pixels (a binomial filter of 5 by 5): what is engraved with a hard edge leaves a trace of
    /// it when a picture is halved.
    /// </summary>
    public Coverage Softened()
    {
        const int reach = 2;
        var across = new Coverage(left - reach, top - reach, width + 2 * reach, height + 2 * reach);
        ReadOnlySpan<int> weights = [1, 4, 6, 4, 1];
        for (int y = 0; y < across.Height; y++)
        {
            for (int x = 0; x < across.Width; x++)
            {
                int sum = 0;
                for (int k = 0; k < 25; k++)
                    sum += weights[k / 5] * weights[k % 5] * At(x - 2 * reach + k % 5, y - 2 * reach + k / 5);
                across.Values[y * across.Width + x] = (byte)((sum + 128) >> 8);
            }
        }
        return across;
    }

    private int At(int x, int y) => (uint)x < (uint)width && (uint)y < (uint)height ? Values[y * width + x] : 0;

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
        var counts = new List<int>();
        int from = 0; // where the run that is open began
        bool inside = false;
        for (int y = Math.Max(0, top); y < Math.Min(pictureHeight, top + height); y++)
        {
            int end = Math.Min(pictureWidth, left + width);
            for (int x = Math.Max(0, left); x <= end; x++)
            {
                bool covered = x < end && Values[(y - top) * width + x - left] >= 128;
                if (covered == inside)
                    continue;
                counts.Add(y * pictureWidth + x - from);
                (from, inside) = (y * pictureWidth + x, covered);
            }
        }
        counts.Add(pictureWidth * pictureHeight - from);
        return new RunLengthMask { Width = pictureWidth, Height = pictureHeight, Counts = counts };
    }
}
