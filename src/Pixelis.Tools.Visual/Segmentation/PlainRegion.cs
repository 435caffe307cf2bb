namespace Pixelis.Tools.Visual;

/// <summary>
/// The easy case of segmentation: a region of one colour all of whose surroundings differ clearly, as in drawings, diagrams, signs and
/// screens. Growing it from the point is exact there and a thousand times faster than GrabCut; everywhere else there is no answer.
/// </summary>
internal static class PlainRegion
{
    private const int Tolerance = 24;          // levels a channel may differ from the point's colour
    private const int Contrast = 56;           // how far apart, in RGB, the surroundings' colours must lie
    private const double ContrastShare = 0.97; // of the surroundings
    private const double MostOfPicture = 0.6;  // a larger region is the background
    private const int LeastArea = 24;
    private const int Ring = 3;                // pixels from the border at which surroundings are looked at: beyond a soft edge

    /// <summary>The region at a point, with the share of its surroundings that differ clearly; null when it is not a plain one.</summary>
    /// <param name="rgb">The picture, RGB.</param>
    /// <param name="point">A pixel of the object.</param>
    /// <param name="box">What the region may not leave; null for the picture.</param>
    public static (ObjectMask Mask, double Share)? Find(PixelImage rgb, PixelPosition point, PixelRect? box)
    {
        PixelRect bounds = box ?? PixelRect.Of(rgb);
        (int R, int G, int B) seed = MeanAbout(rgb, point);
        var inside = new byte[rgb.Width * rgb.Height];
        List<int> pixels = Grow(rgb, bounds, point, inside, (int)(MostOfPicture * rgb.Width * rgb.Height), at => Difference(rgb, at, seed) <= Tolerance);
        if (pixels.Count < LeastArea || pixels.Count >= (int)(MostOfPicture * rgb.Width * rgb.Height))
            return null;
        (int, int, int) mean = Mean(rgb, pixels);
        List<int> ring = Surroundings(rgb, pixels, inside);
        if (ring.Count == 0)
            return null;
        double share = (double)ring.Count(at => Distance(rgb, at, mean) >= Contrast * Contrast) / ring.Count;
        return share < ContrastShare ? null : (Soften(rgb, bounds, point, inside, mean, Mean(rgb, ring)), share);
    }

    // A pixel of a soft edge belongs to whichever of the two colours it is nearer to.
    private static ObjectMask Soften(PixelImage rgb, PixelRect bounds, PixelPosition point, byte[] region, (int, int, int) mean, (int, int, int) around)
    {
        var inside = new byte[region.Length];
        Grow(rgb, bounds, point, inside, int.MaxValue, at => region[at] != 0 || (Distance(rgb, at, mean) < Distance(rgb, at, around) && Touches(rgb, region, at)));
        return ObjectMask.Create(rgb.Width, rgb.Height, inside);
    }

    /// <summary>The pixels that a walk from a point reaches, a step up, down, left or right at a time; none where the point does not belong itself.</summary>
    internal static List<int> Grow(PixelImage rgb, PixelRect bounds, PixelPosition point, byte[] inside, int most, Func<int, bool> belongs)
    {
        var found = new List<int>();
        int start = point.Y * rgb.Width + point.X;
        if (!belongs(start))
            return found;
        inside[start] = 1;
        found.Add(start);
        for (int next = 0; next < found.Count && found.Count < most; next++)
        {
            int x = found[next] % rgb.Width, y = found[next] / rgb.Width;
            Visit(x - 1, y);
            Visit(x + 1, y);
            Visit(x, y - 1);
            Visit(x, y + 1);
        }
        return found;

        void Visit(int x, int y)
        {
            if (x < bounds.X || y < bounds.Y || x >= bounds.Right || y >= bounds.Bottom)
                return;
            int at = y * rgb.Width + x;
            if (inside[at] != 0 || !belongs(at))
                return;
            inside[at] = 1;
            found.Add(at);
        }
    }

    // Outside pixels that lie Ring steps, right, left, up or down, from the region's border, unless another part of it is next to them.
    private static List<int> Surroundings(PixelImage rgb, List<int> pixels, byte[] inside)
    {
        var ring = new List<int>();
        foreach (int at in pixels)
        {
            int x = at % rgb.Width, y = at / rgb.Width;
            foreach ((int dx, int dy) in new[] { (1, 0), (-1, 0), (0, 1), (0, -1) })
            {
                int farX = x + dx * Ring, farY = y + dy * Ring;
                bool within = farX >= 0 && farY >= 0 && farX < rgb.Width && farY < rgb.Height;
                int far = farY * rgb.Width + farX;
                if (within && inside[(y + dy) * rgb.Width + x + dx] == 0 && inside[far] == 0 && !Touches(rgb, inside, far))
                    ring.Add(far);
            }
        }
        return ring;
    }

    private static bool Touches(PixelImage rgb, byte[] region, int at)
    {
        int x = at % rgb.Width, y = at / rgb.Width;
        for (int dy = -1; dy <= 1; dy++)
        {
            for (int dx = -1; dx <= 1; dx++)
            {
                int nx = x + dx, ny = y + dy;
                if (nx >= 0 && ny >= 0 && nx < rgb.Width && ny < rgb.Height && region[ny * rgb.Width + nx] != 0)
                    return true;
            }
        }
        return false;
    }

    private static (int R, int G, int B) MeanAbout(PixelImage rgb, PixelPosition point)
    {
        var near = new List<int>();
        for (int y = Math.Max(0, point.Y - 1); y <= Math.Min(rgb.Height - 1, point.Y + 1); y++)
        {
            for (int x = Math.Max(0, point.X - 1); x <= Math.Min(rgb.Width - 1, point.X + 1); x++)
                near.Add(y * rgb.Width + x);
        }
        return Mean(rgb, near);
    }

    private static (int R, int G, int B) Mean(PixelImage rgb, List<int> pixels)
    {
        ReadOnlySpan<byte> values = rgb.Pixels.Span;
        long r = 0, g = 0, b = 0;
        foreach (int at in pixels)
            (r, g, b) = (r + values[3 * at], g + values[3 * at + 1], b + values[3 * at + 2]);
        return ((int)(r / pixels.Count), (int)(g / pixels.Count), (int)(b / pixels.Count));
    }

    // The largest difference of a channel.
    private static int Difference(PixelImage rgb, int at, (int R, int G, int B) color)
    {
        ReadOnlySpan<byte> pixel = rgb.Pixels.Span.Slice(3 * at, 3);
        return Math.Max(Math.Abs(pixel[0] - color.R), Math.Max(Math.Abs(pixel[1] - color.G), Math.Abs(pixel[2] - color.B)));
    }

    private static int Distance(PixelImage rgb, int at, (int R, int G, int B) color)
    {
        ReadOnlySpan<byte> pixel = rgb.Pixels.Span.Slice(3 * at, 3);
        int r = pixel[0] - color.R, g = pixel[1] - color.G, b = pixel[2] - color.B;
        return r * r + g * g + b * b;
    }
}
