using Pixelis.Tools;

namespace Pixelis.Tools.Visual;

/// <summary>
/// Maps places between what a model writes and the source pixels of a picture. Results never leave the picture;
/// mapping a box of at least one pixel there and back moves no edge by more than a pixel.
/// </summary>
public static class CoordinateMapper
{
    /// <summary>A point a model wrote, in source pixels.</summary>
    public static PixelPoint ToSource(NumberedVisual input, PixelPoint point, CoordinateSpace space)
    {
        ArgumentNullException.ThrowIfNull(input);
        (double fx, double fy) = Factors(input, space);
        return new PixelPoint(
            Math.Clamp(point.X * fx, 0, input.SourceWidth),
            Math.Clamp(point.Y * fy, 0, input.SourceHeight));
    }

    /// <summary>A box a model wrote, in source pixels, clamped to the picture.</summary>
    public static PixelBox ToSource(NumberedVisual input, PixelBox box, CoordinateSpace space)
    {
        ArgumentNullException.ThrowIfNull(input);
        (double fx, double fy) = Factors(input, space);
        return box.Scale(fx, fy).ClampTo(input.SourceWidth, input.SourceHeight);
    }

    /// <summary>A point in source pixels as the model would write it.</summary>
    public static PixelPoint FromSource(NumberedVisual input, PixelPoint point, CoordinateSpace space)
    {
        ArgumentNullException.ThrowIfNull(input);
        (double fx, double fy) = Factors(input, space);
        return new PixelPoint(point.X / fx, point.Y / fy);
    }

    /// <summary>A box in source pixels as the model would write it.</summary>
    public static PixelBox FromSource(NumberedVisual input, PixelBox box, CoordinateSpace space)
    {
        ArgumentNullException.ThrowIfNull(input);
        (double fx, double fy) = Factors(input, space);
        return box.ClampTo(input.SourceWidth, input.SourceHeight).Scale(1 / fx, 1 / fy);
    }

    /// <summary>Width and height of a picture in a space.</summary>
    public static (double Width, double Height) Extent(NumberedVisual input, CoordinateSpace space)
    {
        ArgumentNullException.ThrowIfNull(input);
        return space switch
        {
            CoordinateSpace.SeenPixels => (input.SeenWidth, input.SeenHeight),
            CoordinateSpace.Normalized => (1, 1),
            CoordinateSpace.Thousandths => (1000, 1000),
            _ => throw new ArgumentOutOfRangeException(nameof(space), space, "Unknown coordinate space."),
        };
    }

    private static (double X, double Y) Factors(NumberedVisual input, CoordinateSpace space)
    {
        (double width, double height) = Extent(input, space);
        return (input.SourceWidth / width, input.SourceHeight / height);
    }
}
