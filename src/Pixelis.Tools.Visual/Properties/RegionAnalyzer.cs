using Pixelis.Tools.Visual.Properties;

namespace Pixelis.Tools.Visual;

/// <summary>Measures regions. Stateless and deterministic.</summary>
public static class RegionAnalyzer
{
    /// <summary>Measures the part of an image inside a box.</summary>
    /// <exception cref="VisualArgumentException">The box holds no pixel of the image.</exception>
    public static RegionProperties Measure(PixelImage image, PixelRect box, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (box.Intersect(PixelRect.Of(image)).IsEmpty)
            throw new VisualArgumentException("box", $"[{box.X}, {box.Y}, {box.Width}, {box.Height}] (x, y, width, height) holds no pixel of the {image.Width}x{image.Height} image.");
        return Measure(image, ObjectMask.FromBox(image.Width, image.Height, box), cancellationToken);
    }

    /// <summary>Measures the pixels inside a mask.</summary>
    /// <exception cref="VisualArgumentException">The mask has another size than the image, or no pixel is inside.</exception>
    public static RegionProperties Measure(PixelImage image, ObjectMask mask, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Width != image.Width || mask.Height != image.Height)
            throw new VisualArgumentException("mask", $"it is {mask.Width}x{mask.Height}, but the image is {image.Width}x{image.Height}.");
        if (mask.Area == 0)
            throw new VisualArgumentException("mask", "no pixel is inside.");
        cancellationToken.ThrowIfCancellationRequested();
        PixelImage rgb = image.ToRgb();
        ShapeMoments shape = ShapeMoments.Of(mask);
        double perimeter = Borders.Length(mask), fraction = (double)mask.Area / mask.Inside.Length;
        cancellationToken.ThrowIfCancellationRequested();
        var colors = RegionColors.Of(rgb, mask);
        cancellationToken.ThrowIfCancellationRequested();
        return new RegionProperties
        {
            Area = mask.Area,
            AreaFraction = fraction,
            RelativeSize = SizeOf(fraction),
            CentroidX = shape.X,
            CentroidY = shape.Y,
            Box = mask.Box,
            Perimeter = perimeter,
            Circularity = Math.Min(1, 4 * Math.PI * mask.Area / (perimeter * perimeter)),
            Orientation = shape.Degrees,
            MajorAxis = shape.Major,
            MinorAxis = shape.Minor,
            AspectRatio = shape.Major / shape.Minor,
            MeanColor = colors.Mean,
            DominantColors = colors.Dominant,
            Contrast = RegionColors.Contrast(rgb, mask),
            TextureEnergy = RegionColors.TextureEnergy(rgb, mask),
        };
    }

    private static RelativeSize SizeOf(double fraction) => fraction switch
    {
        < 0.01 => RelativeSize.Tiny,
        < 0.05 => RelativeSize.Small,
        < 0.20 => RelativeSize.Medium,
        < 0.50 => RelativeSize.Large,
        _ => RelativeSize.VeryLarge,
    };
}
