namespace Pixelis.Data.Drawing;

/// <summary>
/// Fills outlines with anti-aliased edges in whole numbers only: four scan lines a pixel row, exact to a 64th of a pixel along each.
/// Outlines that overlap count once (non-zero winding), so a letter is the union of its strokes.
/// </summary>
internal static class PolygonRasterizer
{
    private const int LinesPerPixel = 4;
    private const int LineStep = Contour.Unit / LinesPerPixel;

    private readonly record struct Edge(int X0, int Y0, int X1, int Y1, int Direction);

    /// <summary>The pixels that the outlines cover.</summary>
    public static Coverage Fill(IReadOnlyList<Contour> contours)
    {
        var edges = new List<Edge>();
        int left = int.MaxValue, top = int.MaxValue, right = int.MinValue, bottom = int.MinValue;
        foreach (Contour contour in contours)
        {
            for (int i = 0; i < contour.Corners.Count; i++)
            {
                (int x0, int y0) = contour.Corners[i];
                (int x1, int y1) = contour.Corners[(i + 1) % contour.Corners.Count];
                (left, right, top, bottom) = (Math.Min(left, x0), Math.Max(right, x0), Math.Min(top, y0), Math.Max(bottom, y0));
                if (y0 != y1)
                    edges.Add(y0 < y1 ? new Edge(x0, y0, x1, y1, 1) : new Edge(x1, y1, x0, y0, -1));
            }
        }
        if (edges.Count == 0)
            return new Coverage(0, 0, 0, 0);
        edges.Sort((a, b) => a.Y0.CompareTo(b.Y0));
        int pixelLeft = left >> 6, pixelTop = top >> 6;
        var coverage = new Coverage(pixelLeft, pixelTop, ((right + 63) >> 6) - pixelLeft + 1, ((bottom + 63) >> 6) - pixelTop + 1);
        Sweep(coverage, edges);
        return coverage;
    }

    private static void Sweep(Coverage coverage, List<Edge> edges)
    {
        var sums = new int[coverage.Width];
        var crossings = new List<(int X, int Direction)>();
        var active = new List<Edge>();
        int next = 0;
        for (int row = 0; row < coverage.Height; row++)
        {
            for (int line = 0; line < LinesPerPixel; line++)
            {
                int y = (coverage.Top + row) * Contour.Unit + line * LineStep + LineStep / 2;
                while (next < edges.Count && edges[next].Y0 <= y)
                    active.Add(edges[next++]);
                active.RemoveAll(e => e.Y1 <= y);
                Cross(active, y, crossings);
                AddSpans(crossings, coverage.Left * Contour.Unit, sums);
            }
            Span<byte> values = coverage.Values.AsSpan(row * coverage.Width, coverage.Width);
            for (int x = 0; x < values.Length; x++)
                values[x] = (byte)Math.Min(255, sums[x]);
            Array.Clear(sums);
        }
    }

    private static void Cross(List<Edge> active, int y, List<(int X, int Direction)> crossings)
    {
        crossings.Clear();
        foreach (Edge e in active)
            crossings.Add(((int)(e.X0 + (long)(e.X1 - e.X0) * (y - e.Y0) / (e.Y1 - e.Y0)), e.Direction));
        crossings.Sort((a, b) => a.X.CompareTo(b.X));
    }

    private static void AddSpans(List<(int X, int Direction)> crossings, int origin, int[] sums)
    {
        int winding = 0, start = 0;
        foreach ((int x, int direction) in crossings)
        {
            if (winding == 0)
                start = x;
            winding += direction;
            if (winding == 0 && x > start)
                AddSpan(start - origin, x - origin, sums);
        }
    }

    private static void AddSpan(int from, int to, int[] sums)
    {
        int first = from >> 6, last = to >> 6;
        if (first == last)
        {
            sums[first] += to - from;
            return;
        }
        sums[first] += Contour.Unit - (from & 63);
        for (int x = first + 1; x < last; x++)
            sums[x] += Contour.Unit;
        if ((to & 63) != 0)
            sums[last] += to & 63;
    }
}
