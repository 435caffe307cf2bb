namespace Pixelis.Data.Drawing;

/// <summary>A picture being drawn, 8-bit RGB.</summary>
internal sealed class Canvas(int width, int height)
{
    private readonly byte[] _pixels = new byte[width * height * 3];

    public int Width => width;

    public int Height => height;

    public Span<byte> Row(int y) => _pixels.AsSpan(y * width * 3, width * 3);

    /// <summary>Paints a colour where a shape covers.</summary>
    public void Paint(Coverage shape, Rgb color)
    {
        for (int y = Math.Max(0, shape.Top); y < Math.Min(height, shape.Top + shape.Height); y++)
        {
            Span<byte> row = Row(y);
            for (int x = Math.Max(0, shape.Left); x < Math.Min(width, shape.Left + shape.Width); x++)
            {
                int share = shape.Values[(y - shape.Top) * shape.Width + x - shape.Left];
                if (share == 0)
                    continue;
                row[3 * x] = Mixed(row[3 * x], color.Red, share);
                row[3 * x + 1] = Mixed(row[3 * x + 1], color.Green, share);
                row[3 * x + 2] = Mixed(row[3 * x + 2], color.Blue, share);
            }
        }
    }

    /// <summary>Engraves a hatch where a shape covers: the mean colour stays.</summary>
    public void Engrave(Coverage shape, Hatch hatch)
    {
        for (int y = Math.Max(0, shape.Top); y < Math.Min(height, shape.Top + shape.Height); y++)
        {
            Span<byte> row = Row(y);
            for (int x = Math.Max(0, shape.Left); x < Math.Min(width, shape.Left + shape.Width); x++)
            {
                int share = shape.Values[(y - shape.Top) * shape.Width + x - shape.Left];
                if (share == 0)
                    continue;
                int change = hatch.At(x, y) * share / 255;
                for (int c = 3 * x; c < 3 * x + 3; c++)
                    row[c] = (byte)Math.Clamp(row[c] + change, 0, 255);
            }
        }
    }

    /// <summary>Adds noise to every channel of every pixel, evenly spread from -<paramref name="most"/> to +<paramref name="most"/>.</summary>
    public void AddNoise(SceneRandom random, int most)
    {
        if (most <= 0)
            return;
        int span = 2 * most + 1;
        for (int i = 0; i < _pixels.Length; i += 8)
        {
            ulong bits = random.NextBits();
            int end = Math.Min(8, _pixels.Length - i);
            for (int k = 0; k < end; k++, bits >>= 8)
                _pixels[i + k] = (byte)Math.Clamp(_pixels[i + k] + ((int)((bits & 255) * (ulong)span) >> 8) - most, 0, 255);
        }
    }

    /// <summary>The picture; the canvas must not be drawn on any more.</summary>
    public PixelImage ToImage() => PixelImage.Wrap(width, height, PixelFormat.Rgb24, _pixels);

    /// <summary>Another canvas with the same pixels.</summary>
    public Canvas Copy()
    {
        var copy = new Canvas(width, height);
        _pixels.CopyTo(copy._pixels, 0);
        return copy;
    }

    private static byte Mixed(int below, int above, int share) => (byte)((below * (255 - share) + above * share + 127) / 255);
}
