using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual;

/// <summary>An object cut out of a picture.</summary>
/// <param name="Mask">Its pixels, of the picture's size. Empty when the backend found none.</param>
/// <param name="Confidence">How sure the backend is, 0..1. Comparable between answers of one backend only.</param>
/// <param name="Polygon">Outer border, clockwise or counter-clockwise, at most 128 corners; empty for an empty mask.</param>
public sealed record SegmentedObject(ObjectMask Mask, double Confidence, IReadOnlyList<PixelPosition> Polygon)
{
    private const int PolygonCorners = 128;

    /// <summary>Makes the answer from a mask; the polygon is traced from it.</summary>
    /// <param name="mask">Pixels of the object.</param>
    /// <param name="confidence">0..1.</param>
    public static unsafe SegmentedObject FromMask(ObjectMask mask, double confidence)
    {
        ArgumentNullException.ThrowIfNull(mask);
        int* points = stackalloc int[2 * PolygonCorners];
        int count;
        fixed (byte* inside = mask.Inside)
            VisualMethods.Check(VisualMethods.pv_mask_polygon(inside, mask.Width, mask.Height, 1.0, points, PolygonCorners, out count), "Tracing a mask's border");
        var polygon = new PixelPosition[count];
        for (int i = 0; i < count; i++)
            polygon[i] = new PixelPosition(points[2 * i], points[2 * i + 1]);
        return new SegmentedObject(mask, confidence, polygon);
    }

    /// <summary>The smallest box about the object.</summary>
    public PixelRect Box => Mask.Box;

    /// <summary>Pixels of the object.</summary>
    public long Area => Mask.Area;
}
