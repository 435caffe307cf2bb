namespace Pixelis.Tools.Visual;

/// <summary>An object cut out of a picture.</summary>
/// <param name="Mask">Its pixels, of the picture's size. Empty when the backend found none.</param>
/// <param name="Confidence">How sure the backend is, 0..1. Comparable between answers of one backend only.</param>
/// <param name="Polygon">Outer border, clockwise or counter-clockwise, at most 128 corners; empty for an empty mask.</param>
public sealed record SegmentedObject(ObjectMask Mask, double Confidence, IReadOnlyList<PixelPosition> Polygon)
{
    /// <summary>The smallest box about the object.</summary>
    public PixelRect Box => Mask.Box;

    /// <summary>Pixels of the object.</summary>
    public long Area => Mask.Area;
}
