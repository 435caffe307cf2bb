namespace Pixelis;

/// <summary>
/// An axis-aligned box in pixels of one image: <c>[Left, Right) x [Top, Bottom)</c>, origin at the top left.
/// Coordinates are numbers, not whole pixels, so that mapping between two sizes of a picture loses nothing.
/// </summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Top edge.</param>
/// <param name="Right">Right edge, exclusive.</param>
/// <param name="Bottom">Bottom edge, exclusive.</param>
public readonly record struct PixelBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Width; negative when the edges are crossed.</summary>
    public double Width => Right - Left;

    /// <summary>Height; negative when the edges are crossed.</summary>
    public double Height => Bottom - Top;

    /// <summary>Area; 0 when the edges are crossed.</summary>
    public double Area => Math.Max(0, Width) * Math.Max(0, Height);

    /// <summary>Horizontal centre.</summary>
    public double CenterX => (Left + Right) / 2;

    /// <summary>Vertical centre.</summary>
    public double CenterY => (Top + Bottom) / 2;

    /// <summary>Whether all four edges are finite numbers and the box has an area.</summary>
    public bool IsValid => double.IsFinite(Left) && double.IsFinite(Top) && double.IsFinite(Right) && double.IsFinite(Bottom) && Right > Left && Bottom > Top;

    /// <summary>A box from its corner and size.</summary>
    public static PixelBox FromSize(double left, double top, double width, double height) => new(left, top, left + width, top + height);

    /// <summary>The part of this box inside an image of the given size; may be empty.</summary>
    public PixelBox ClampTo(int width, int height) =>
        new(Math.Clamp(Left, 0, width), Math.Clamp(Top, 0, height), Math.Clamp(Right, 0, width), Math.Clamp(Bottom, 0, height));

    /// <summary>The smallest box of whole pixels that covers this one.</summary>
    public PixelBox RoundOut() => new(Math.Floor(Left), Math.Floor(Top), Math.Ceiling(Right), Math.Ceiling(Bottom));

    /// <summary>This box stretched from one picture size to another.</summary>
    public PixelBox Scale(double factorX, double factorY) => new(Left * factorX, Top * factorY, Right * factorX, Bottom * factorY);

    /// <summary>Intersection over union with another box, 0..1; two empty boxes give 0.</summary>
    public double IntersectionOverUnion(PixelBox other)
    {
        var common = new PixelBox(Math.Max(Left, other.Left), Math.Max(Top, other.Top), Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));
        double shared = common.Width > 0 && common.Height > 0 ? common.Area : 0;
        double union = Area + other.Area - shared;
        return union > 0 ? shared / union : 0;
    }
}
