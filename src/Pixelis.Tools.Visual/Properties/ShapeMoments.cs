namespace Pixelis.Tools.Visual.Properties;

/// <summary>Centroid and second moments of a mask's pixels, taken as unit squares.</summary>
internal readonly record struct ShapeMoments(double X, double Y, double Major, double Minor, double Degrees)
{
    internal static ShapeMoments Of(ObjectMask mask)
    {
        double n = mask.Area, sx = 0, sy = 0;
        PixelRect box = mask.Box;
        Visit(mask, box, (x, y) => (sx, sy) = (sx + x, sy + y));
        double mx = sx / n, my = sy / n, xx = 0, yy = 0, xy = 0;
        Visit(mask, box, (x, y) =>
        {
            xx += (x - mx) * (x - mx);
            yy += (y - my) * (y - my);
            xy += (x - mx) * (y - my);
        });
        // A pixel is a unit square, whose own second moment is 1/12.
        (xx, yy, xy) = (xx / n + 1.0 / 12, yy / n + 1.0 / 12, xy / n);
        double spread = Math.Sqrt((xx - yy) * (xx - yy) / 4 + xy * xy), middle = (xx + yy) / 2;
        // An ellipse with half axis a has the second moment a^2 / 4 along it.
        double major = 4 * Math.Sqrt(middle + spread), minor = 4 * Math.Sqrt(Math.Max(0, middle - spread));
        // Image rows run downwards; the angle is given as one sees it.
        double degrees = spread < 1e-9 * middle ? 0 : -0.5 * Math.Atan2(2 * xy, xx - yy) * 180 / Math.PI;
        return new ShapeMoments(mx, my, major, minor, degrees <= -90 ? degrees + 180 : degrees);
    }

    private static void Visit(ObjectMask mask, PixelRect box, Action<int, int> visit)
    {
        for (int y = box.Y; y < box.Bottom; y++)
        {
            for (int x = box.X; x < box.Right; x++)
            {
                if (mask[x, y])
                    visit(x, y);
            }
        }
    }
}
