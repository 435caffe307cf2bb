namespace Pixelis.Tools.Visual.Properties;

/// <summary>The colours of a region.</summary>
internal sealed record RegionColors(NamedColor Mean, IReadOnlyList<NamedColor> Dominant)
{
    private const int MostDominant = 5;
    private const double LeastShare = 0.02;
    private const double SameColor = 20; // CIE76: cells closer than this are one colour to an observer who names colours

    internal static RegionColors Of(PixelImage rgb, ObjectMask mask)
    {
        // Cells of 16 levels a channel keep the sums of what falls into them; cells alike in Lab are then joined, the fullest first.
        var cells = new Dictionary<int, (long N, long R, long G, long B)>();
        (long N, long R, long G, long B) all = default;
        ReadOnlySpan<byte> pixels = rgb.Pixels.Span, inside = mask.Inside;
        for (int i = 0; i < inside.Length; i++)
        {
            if (inside[i] == 0)
                continue;
            (byte r, byte g, byte b) = (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]);
            int cell = (r >> 4 << 8) | (g >> 4 << 4) | (b >> 4);
            cells[cell] = Sum(cells.GetValueOrDefault(cell), (1, r, g, b));
            all = Sum(all, (1, r, g, b));
        }
        return new RegionColors(Color(all, all.N), Join(cells.Values, all.N));
    }

    /// <summary>CIE76 difference between the means of the region and of a ring about it, an eighth of its box wide.</summary>
    internal static double Contrast(PixelImage rgb, ObjectMask mask)
    {
        int width = Math.Max(2, Math.Max(mask.Box.Width, mask.Box.Height) / 8);
        ObjectMask ring = Borders.Ring(mask, width);
        return ring.Area == 0 ? 0 : ColorSpace.Difference(MeanLab(rgb, mask), MeanLab(rgb, ring));
    }

    /// <summary>Mean squared gradient of L* over the pixels whose four neighbours are inside as well.</summary>
    internal static double TextureEnergy(PixelImage rgb, ObjectMask mask)
    {
        double sum = 0;
        long n = 0;
        PixelRect box = mask.Box;
        var lightness = new double[box.Width * box.Height];
        ReadOnlySpan<byte> pixels = rgb.Pixels.Span;
        for (int y = box.Y; y < box.Bottom; y++)
        {
            for (int x = box.X; x < box.Right; x++)
            {
                int i = 3 * (y * rgb.Width + x);
                lightness[(y - box.Y) * box.Width + x - box.X] = ColorSpace.ToLab(pixels[i], pixels[i + 1], pixels[i + 2]).L;
            }
        }
        for (int y = box.Y + 1; y < box.Bottom - 1; y++)
        {
            for (int x = box.X + 1; x < box.Right - 1; x++)
            {
                if (!(mask[x, y] && mask[x - 1, y] && mask[x + 1, y] && mask[x, y - 1] && mask[x, y + 1]))
                    continue;
                int i = (y - box.Y) * box.Width + x - box.X;
                double dx = (lightness[i + 1] - lightness[i - 1]) / 2, dy = (lightness[i + box.Width] - lightness[i - box.Width]) / 2;
                sum += dx * dx + dy * dy;
                n++;
            }
        }
        return n == 0 ? 0 : sum / n;
    }

    private static List<NamedColor> Join(IEnumerable<(long N, long R, long G, long B)> cells, long total)
    {
        var joined = new List<((double L, double A, double B) Seed, (long N, long R, long G, long B) Sum)>();
        foreach ((long N, long R, long G, long B) cell in cells.OrderByDescending(c => c.N).ThenBy(c => c.R * 65537 + c.G * 257 + c.B))
        {
            (double L, double A, double B) lab = Lab(cell);
            int nearest = -1;
            for (int i = 0; i < joined.Count; i++)
            {
                if (ColorSpace.Difference(joined[i].Seed, lab) < SameColor && (nearest < 0 || ColorSpace.Difference(joined[i].Seed, lab) < ColorSpace.Difference(joined[nearest].Seed, lab)))
                    nearest = i;
            }
            if (nearest >= 0)
                joined[nearest] = (joined[nearest].Seed, Sum(joined[nearest].Sum, cell));
            else
                joined.Add((lab, cell));
        }
        List<NamedColor> colors = [.. joined.OrderByDescending(j => j.Sum.N).Take(MostDominant).Select(j => Color(j.Sum, total))];
        return [.. colors.Where((c, i) => i == 0 || c.Share >= LeastShare)];
    }

    private static (double L, double A, double B) MeanLab(PixelImage rgb, ObjectMask mask)
    {
        (long N, long R, long G, long B) sum = default;
        ReadOnlySpan<byte> pixels = rgb.Pixels.Span, inside = mask.Inside;
        for (int i = 0; i < inside.Length; i++)
        {
            if (inside[i] != 0)
                sum = Sum(sum, (1, pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]));
        }
        return Lab(sum);
    }

    private static (long N, long R, long G, long B) Sum((long N, long R, long G, long B) a, (long N, long R, long G, long B) b) =>
        (a.N + b.N, a.R + b.R, a.G + b.G, a.B + b.B);

    private static (double L, double A, double B) Lab((long N, long R, long G, long B) sum) =>
        ColorSpace.ToLab((double)sum.R / sum.N, (double)sum.G / sum.N, (double)sum.B / sum.N);

    private static NamedColor Color((long N, long R, long G, long B) sum, long total)
    {
        byte r = (byte)Math.Round((double)sum.R / sum.N), g = (byte)Math.Round((double)sum.G / sum.N), b = (byte)Math.Round((double)sum.B / sum.N);
        return new NamedColor(r, g, b, ColorSpace.Name(r, g, b), (double)sum.N / total);
    }
}
