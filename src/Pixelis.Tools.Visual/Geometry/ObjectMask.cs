namespace Pixelis.Tools.Visual;

/// <summary>Which pixels of an image belong to an object. Immutable and safe to share between threads.</summary>
public sealed class ObjectMask
{
    private readonly byte[] _inside;
    private readonly Lazy<(long Area, PixelRect Box)> _extent;

    private ObjectMask(int width, int height, byte[] inside)
    {
        Width = width;
        Height = height;
        _inside = inside;
        _extent = new(Measure);
    }

    /// <summary>Width of the image in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the image in pixels.</summary>
    public int Height { get; }

    /// <summary>One byte a pixel, row by row: 1 inside, 0 outside.</summary>
    public ReadOnlySpan<byte> Inside => _inside;

    /// <summary>Pixels inside.</summary>
    public long Area => _extent.Value.Area;

    /// <summary>The smallest box that holds every pixel inside; empty when there is none.</summary>
    public PixelRect Box => _extent.Value.Box;

    /// <summary>Whether a pixel is inside; false beyond the image.</summary>
    public bool this[int x, int y] => (uint)x < (uint)Width && (uint)y < (uint)Height && _inside[y * Width + x] != 0;

    /// <summary>Makes a mask from one byte a pixel; every byte other than 0 is inside.</summary>
    /// <exception cref="ArgumentException">The number of bytes is not <paramref name="width"/> x <paramref name="height"/>.</exception>
    public static ObjectMask Create(int width, int height, ReadOnlySpan<byte> inside)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (inside.Length != (long)width * height)
            throw new ArgumentException($"A {width}x{height} mask has {(long)width * height} bytes, not {inside.Length}.", nameof(inside));
        var copy = new byte[inside.Length];
        for (int i = 0; i < copy.Length; i++)
            copy[i] = inside[i] == 0 ? (byte)0 : (byte)1;
        return new ObjectMask(width, height, copy);
    }

    /// <summary>The mask that is inside a box and outside elsewhere; the box is cut at the image's edges.</summary>
    public static ObjectMask FromBox(int width, int height, PixelRect box)
    {
        var inside = new byte[checked(width * height)];
        PixelRect part = box.Intersect(new PixelRect(0, 0, width, height));
        for (int y = part.Y; y < part.Bottom; y++)
            inside.AsSpan(y * width + part.X, part.Width).Fill(1);
        return new ObjectMask(width, height, inside);
    }

    private (long Area, PixelRect Box) Measure()
    {
        int left = Width, right = -1, top = Height, bottom = -1;
        long area = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                if (_inside[y * Width + x] == 0)
                    continue;
                area++;
                left = Math.Min(left, x);
                right = Math.Max(right, x);
                top = Math.Min(top, y);
                bottom = y;
            }
        }
        return (area, area == 0 ? default : new PixelRect(left, top, right - left + 1, bottom - top + 1));
    }
}
