namespace Pixelis.Cli.Tools;

/// <summary>A copy of a picture to draw on. What lies outside is left out.</summary>
internal sealed class Canvas
{
    private readonly byte[] _pixels;
    private readonly int _width;
    private readonly int _height;
    private readonly int _thickness;

    public Canvas(PixelImage image)
    {
        PixelImage rgb = image.ToRgb();
        (_width, _height) = (rgb.Width, rgb.Height);
        _pixels = rgb.Pixels.ToArray();
        _thickness = Math.Max(1, Math.Max(_width, _height) / 400);
    }

    public PixelImage ToImage() => PixelImage.Wrap(_width, _height, PixelFormat.Rgb24, _pixels);

    public void DrawBox(PixelBox box, Ink ink) =>
        DrawLine([new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom), new(box.Left, box.Top)], ink);

    public void DrawLine(IReadOnlyList<PixelPoint> points, Ink ink)
    {
        for (int i = 1; i < points.Count; i++)
            DrawSegment(points[i - 1], points[i], ink);
    }

    /// <summary>Tints the inside of outlines; an outline inside another is a hole.</summary>
    public void Tint(IReadOnlyList<IReadOnlyList<PixelPoint>> outlines, Ink ink, double share)
    {
        for (int y = 0; y < _height; y++)
        {
            double[] crossings = [.. outlines.SelectMany(outline => Crossings(outline, y + 0.5)).Order()];
            for (int i = 0; i + 1 < crossings.Length; i += 2)
            {
                int from = (int)Math.Clamp(Math.Ceiling(crossings[i] - 0.5), 0, _width), to = (int)Math.Clamp(Math.Ceiling(crossings[i + 1] - 0.5), 0, _width);
                for (int x = from; x < to; x++)
                    Blend(x, y, ink, share);
            }
        }
    }

    private static IEnumerable<double> Crossings(IReadOnlyList<PixelPoint> outline, double y)
    {
        for (int i = 0; i < outline.Count; i++)
        {
            PixelPoint a = outline[i], b = outline[(i + 1) % outline.Count];
            if (a.Y <= y != b.Y <= y)
                yield return a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X);
        }
    }

    private void DrawSegment(PixelPoint a, PixelPoint b, Ink ink)
    {
        double length = Math.Max(Math.Abs(b.X - a.X), Math.Abs(b.Y - a.Y));
        if (!double.IsFinite(length) || length > 1e6)
            return;
        int steps = (int)Math.Ceiling(length) + 1;
        for (int i = 0; i <= steps; i++)
        {
            int x = (int)Math.Round(a.X + (b.X - a.X) * i / steps), y = (int)Math.Round(a.Y + (b.Y - a.Y) * i / steps);
            for (int dy = 0; dy < _thickness; dy++)
            {
                for (int dx = 0; dx < _thickness; dx++)
                    Blend(x + dx - _thickness / 2, y + dy - _thickness / 2, ink, 1);
            }
        }
    }

    private void Blend(int x, int y, Ink ink, double share)
    {
        if (x < 0 || y < 0 || x >= _width || y >= _height)
            return;
        Span<byte> pixel = _pixels.AsSpan((y * _width + x) * 3, 3);
        pixel[0] = (byte)(pixel[0] + (ink.Red - pixel[0]) * share);
        pixel[1] = (byte)(pixel[1] + (ink.Green - pixel[1]) * share);
        pixel[2] = (byte)(pixel[2] + (ink.Blue - pixel[2]) * share);
    }

    /// <summary>A colour to draw with.</summary>
    public readonly record struct Ink(byte Red, byte Green, byte Blue);
}
