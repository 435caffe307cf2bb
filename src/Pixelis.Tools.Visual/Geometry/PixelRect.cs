namespace Pixelis.Tools.Visual;

/// <summary>An upright box in whole pixels: it holds the columns <c>X .. Right - 1</c> and the rows <c>Y .. Bottom - 1</c>.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns; 0 or less is an empty box.</param>
/// <param name="Height">Rows; 0 or less is an empty box.</param>
public readonly record struct PixelRect(int X, int Y, int Width, int Height)
{
    /// <summary>The column after the last.</summary>
    public int Right => X + Width;

    /// <summary>The row after the last.</summary>
    public int Bottom => Y + Height;

    /// <summary>Pixels inside; 0 for an empty box.</summary>
    public long Area => IsEmpty ? 0 : (long)Width * Height;

    /// <summary>Whether no pixel lies inside.</summary>
    public bool IsEmpty => Width <= 0 || Height <= 0;

    /// <summary>The box that covers a whole image.</summary>
    public static PixelRect Of(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new PixelRect(0, 0, image.Width, image.Height);
    }

    /// <summary>Whether the pixel lies inside.</summary>
    public bool Contains(PixelPosition point) => point.X >= X && point.Y >= Y && point.X < Right && point.Y < Bottom;

    /// <summary>The part that both boxes hold; empty when they are apart.</summary>
    public PixelRect Intersect(PixelRect other)
    {
        int x = Math.Max(X, other.X), y = Math.Max(Y, other.Y);
        int width = Math.Min(Right, other.Right) - x, height = Math.Min(Bottom, other.Bottom) - y;
        return width <= 0 || height <= 0 ? default : new PixelRect(x, y, width, height);
    }

    /// <summary>Intersection over union with another box, 0..1; 0 when both are empty.</summary>
    public double Overlap(PixelRect other)
    {
        long both = Intersect(other).Area, any = Area + other.Area - both;
        return any == 0 ? 0 : (double)both / any;
    }
}
