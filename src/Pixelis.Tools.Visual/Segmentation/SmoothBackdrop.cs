namespace Pixelis.Tools.Visual;

/// <summary>
/// The other easy case of segmentation: a point on what lies behind everything. Where a walk in small steps of colour reaches most of the
/// picture and all four of its sides, there is no object at the point, and GrabCut would look for one for seconds. The walk goes over
/// means of 4 x 4 pixels, so that fine noise does not stop it and a gradient does not either; a border does, and must be clear nearly everywhere.
/// </summary>
internal static class SmoothBackdrop
{
    private const int CellSide = 4;
    private const int Step = 12;                // levels a channel may change from one cell to the next
    private const int Like = 24;                // levels a channel of a pixel may differ from the cell next to it, at the rim
    private const double LeastOfPicture = 0.6;
    private const double LeastClear = 0.75;     // of the rim: where colours change little there, the walk may have left an object through a soft border

    /// <summary>The backdrop at a point, with the share of its rim beyond which colours change clearly; null when the point is on none.</summary>
    /// <param name="rgb">The picture, RGB.</param>
    /// <param name="point">A pixel.</param>
    public static (ObjectMask Mask, double Share)? Find(PixelImage rgb, PixelPosition point)
    {
        var cells = new Cells(rgb);
        if (cells.Across < 8 || cells.Down < 8)
            return null;
        bool[] reached = Walk(cells, Math.Min(point.Y / CellSide, cells.Down - 1) * cells.Across + Math.Min(point.X / CellSide, cells.Across - 1));
        if (reached.Count(r => r) < LeastOfPicture * reached.Length || !TouchesAllSides(cells, reached))
            return null;
        byte[] drawn = Draw(rgb, cells, reached, out double share), inside = new byte[drawn.Length];
        if (share < LeastClear)
            return null;
        PlainRegion.Grow(rgb, PixelRect.Of(rgb), point, inside, int.MaxValue, at => drawn[at] != 0); // one piece
        return (ObjectMask.Create(rgb.Width, rgb.Height, inside), share);
    }

    private static bool[] Walk(Cells cells, int start)
    {
        var reached = new bool[cells.Across * cells.Down];
        var next = new Queue<int>([start]);
        reached[start] = true;
        while (next.TryDequeue(out int cell))
        {
            foreach (int neighbor in cells.Neighbors(cell))
            {
                if (reached[neighbor] || cells.Difference(cell, neighbor) > Step)
                    continue;
                reached[neighbor] = true;
                next.Enqueue(neighbor);
            }
        }
        return reached;
    }

    private static bool TouchesAllSides(Cells cells, bool[] reached)
    {
        bool top = false, bottom = false, left = false, right = false;
        for (int x = 0; x < cells.Across; x++)
            (top, bottom) = (top || reached[x], bottom || reached[(cells.Down - 1) * cells.Across + x]);
        for (int y = 0; y < cells.Down; y++)
            (left, right) = (left || reached[y * cells.Across], right || reached[(y + 1) * cells.Across - 1]);
        return top && bottom && left && right;
    }

    // Cells that were reached, whole; of those next to them, the pixels that are like the backdrop.
    private static byte[] Draw(PixelImage rgb, Cells cells, bool[] reached, out double share)
    {
        var inside = new byte[rgb.Width * rgb.Height];
        int rim = 0, clear = 0;
        for (int cell = 0; cell < reached.Length; cell++)
        {
            int from = reached[cell] ? cell : cells.Neighbors(cell).FirstOrDefault(n => reached[n], -1);
            if (from < 0)
                continue;
            if (!reached[cell])
            {
                rim++;
                clear += cells.Difference(cell, from) > 2 * Step ? 1 : 0;
            }
            Fill(rgb, cells, cell, from, inside);
        }
        share = rim == 0 ? 1 : (double)clear / rim;
        return inside;
    }

    private static void Fill(PixelImage rgb, Cells cells, int cell, int from, byte[] inside)
    {
        PixelRect area = cells.Area(cell);
        for (int y = area.Y; y < area.Bottom; y++)
        {
            ReadOnlySpan<byte> row = rgb.Row(y);
            for (int x = area.X; x < area.Right; x++)
                inside[y * rgb.Width + x] = cell == from || cells.Difference(row.Slice(3 * x, 3), from) <= Like ? (byte)1 : (byte)0;
        }
    }

    /// <summary>The picture as means of squares; those at the right and lower side take what is left over.</summary>
    private sealed class Cells
    {
        private readonly (int R, int G, int B)[] _means;
        private readonly PixelImage _rgb;

        public Cells(PixelImage rgb)
        {
            (_rgb, Across, Down) = (rgb, rgb.Width / CellSide, rgb.Height / CellSide);
            _means = [.. Enumerable.Range(0, Across * Down).Select(Mean)];
        }

        public int Across { get; }

        public int Down { get; }

        public PixelRect Area(int cell)
        {
            int x = cell % Across, y = cell / Across;
            return new PixelRect(
                x * CellSide, y * CellSide, x == Across - 1 ? _rgb.Width - x * CellSide : CellSide, y == Down - 1 ? _rgb.Height - y * CellSide : CellSide);
        }

        public IEnumerable<int> Neighbors(int cell)
        {
            int x = cell % Across;
            if (x > 0)
                yield return cell - 1;
            if (x < Across - 1)
                yield return cell + 1;
            if (cell >= Across)
                yield return cell - Across;
            if (cell + Across < _means.Length)
                yield return cell + Across;
        }

        public int Difference(int a, int b) => Largest(_means[a].R - _means[b].R, _means[a].G - _means[b].G, _means[a].B - _means[b].B);

        public int Difference(ReadOnlySpan<byte> pixel, int cell) => Largest(pixel[0] - _means[cell].R, pixel[1] - _means[cell].G, pixel[2] - _means[cell].B);

        private static int Largest(int r, int g, int b) => Math.Max(Math.Abs(r), Math.Max(Math.Abs(g), Math.Abs(b)));

        private (int R, int G, int B) Mean(int cell)
        {
            PixelRect area = Area(cell);
            int r = 0, g = 0, b = 0, count = area.Width * area.Height;
            for (int y = area.Y; y < area.Bottom; y++)
            {
                ReadOnlySpan<byte> row = _rgb.Row(y).Slice(3 * area.X, 3 * area.Width);
                for (int i = 0; i < row.Length; i += 3)
                    (r, g, b) = (r + row[i], g + row[i + 1], b + row[i + 2]);
            }
            return (r / count, g / count, b / count);
        }
    }
}
