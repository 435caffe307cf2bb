namespace Pixelis.Tools.Visual;

/// <summary>What was measured of a region. All lengths are in pixels of the image.</summary>
public sealed record RegionProperties
{
    /// <summary>Pixels of the region.</summary>
    public required long Area { get; init; }

    /// <summary><see cref="Area"/> over the image's pixels, 0..1.</summary>
    public required double AreaFraction { get; init; }

    /// <summary>The class of <see cref="AreaFraction"/>.</summary>
    public required RelativeSize RelativeSize { get; init; }

    /// <summary>Mean column of the pixels' centres (a pixel's centre has its whole coordinates).</summary>
    public required double CentroidX { get; init; }

    /// <summary>Mean row of the pixels' centres.</summary>
    public required double CentroidY { get; init; }

    /// <summary>The smallest upright box about the region.</summary>
    public required PixelRect Box { get; init; }

    /// <summary>
    /// Length of all borders, holes' too, by Crofton's formula in four directions: unbiased over directions, unlike counting
    /// border pixels, which makes a slanted edge up to 41% too long. Within 2% for discs of radius 10 or more; an upright edge comes
    /// out about 5% short. The image's edge counts as border.
    /// </summary>
    public required double Perimeter { get; init; }

    /// <summary>4 pi area / perimeter squared, at most 1: 1 for a disc, 0.785 for a square.</summary>
    public required double Circularity { get; init; }

    /// <summary>
    /// Direction of the longer axis of the ellipse with the region's second moments, in degrees counter-clockwise from the x axis
    /// as one sees it (y upwards), in (-90, 90]. 0 for a region without a direction.
    /// </summary>
    public required double Orientation { get; init; }

    /// <summary>Full length of that ellipse's longer axis.</summary>
    public required double MajorAxis { get; init; }

    /// <summary>Full length of its shorter axis.</summary>
    public required double MinorAxis { get; init; }

    /// <summary>Longer over shorter axis, at least 1.</summary>
    public required double AspectRatio { get; init; }

    /// <summary>The mean colour; its share is 1.</summary>
    public required NamedColor MeanColor { get; init; }

    /// <summary>Up to five colours that stand for the region, the most frequent first.</summary>
    public required IReadOnlyList<NamedColor> DominantColors { get; init; }

    /// <summary>CIE76 colour difference between the region's mean and that of a ring about it; 0 where there are no surroundings. 2.3 is just noticeable.</summary>
    public required double Contrast { get; init; }

    /// <summary>Mean squared gradient of lightness (CIE L*, central differences) inside, leaving out pixels at the border; 0 for a plain region.</summary>
    public required double TextureEnergy { get; init; }
}
