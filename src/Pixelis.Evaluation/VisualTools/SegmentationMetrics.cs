using Pixelis.Tools.Visual;

namespace Pixelis.Evaluation;

/// <summary>How well a mask fits the true one.</summary>
public static class SegmentationMetrics
{
    /// <summary>Intersection over union, pixels that the truth leaves undecided left out; 1 when both are empty.</summary>
    /// <param name="found">The mask to judge.</param>
    /// <param name="truth">The true mask, of the same size.</param>
    /// <param name="undecided">Pixels that do not count, or null.</param>
    public static double Iou(ObjectMask found, ObjectMask truth, ObjectMask? undecided = null)
    {
        RequireSameSize(found, truth);
        long both = 0, any = 0;
        ReadOnlySpan<byte> a = found.Inside, b = truth.Inside, skip = undecided is null ? default : undecided.Inside;
        for (int i = 0; i < a.Length; i++)
        {
            if (!skip.IsEmpty && skip[i] != 0)
                continue;
            both += a[i] & b[i];
            any += a[i] | b[i];
        }
        return any == 0 ? 1 : (double)both / any;
    }

    /// <summary>
    /// F1 of the borders: the harmonic mean of the share of found border pixels that have a true one within a tolerance, and of the
    /// share of true ones that have a found one. 1 when neither mask has a border, 0 when only one has.
    /// </summary>
    /// <param name="found">The mask to judge.</param>
    /// <param name="truth">The true mask, of the same size.</param>
    /// <param name="tolerance">Chessboard distance in pixels, 0 or more.</param>
    public static double BoundaryF1(ObjectMask found, ObjectMask truth, int tolerance = 2)
    {
        RequireSameSize(found, truth);
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        List<PixelPosition> a = Border(found), b = Border(truth);
        if (a.Count == 0 && b.Count == 0)
            return 1;
        if (a.Count == 0 || b.Count == 0)
            return 0;
        double precision = ShareNear(a, b, found.Width, found.Height, tolerance), recall = ShareNear(b, a, found.Width, found.Height, tolerance);
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    private static void RequireSameSize(ObjectMask found, ObjectMask truth)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(truth);
        if (found.Width != truth.Width || found.Height != truth.Height)
            throw new ArgumentException($"The masks differ in size: {found.Width}x{found.Height} and {truth.Width}x{truth.Height}.", nameof(truth));
    }

    // Pixels inside with a neighbour (of four) outside; the image's edge counts as outside.
    private static List<PixelPosition> Border(ObjectMask mask)
    {
        var border = new List<PixelPosition>();
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
            {
                if (mask[x, y] && !(mask[x - 1, y] && mask[x + 1, y] && mask[x, y - 1] && mask[x, y + 1]))
                    border.Add(new PixelPosition(x, y));
            }
        }
        return border;
    }

    private static double ShareNear(List<PixelPosition> points, List<PixelPosition> others, int width, int height, int tolerance)
    {
        var near = new bool[width * height];
        foreach (PixelPosition p in others)
        {
            for (int y = Math.Max(0, p.Y - tolerance); y <= Math.Min(height - 1, p.Y + tolerance); y++)
                near.AsSpan(y * width + Math.Max(0, p.X - tolerance), Math.Min(width - 1, p.X + tolerance) - Math.Max(0, p.X - tolerance) + 1).Fill(true);
        }
        return (double)points.Count(p => near[p.Y * width + p.X]) / points.Count;
    }
}
