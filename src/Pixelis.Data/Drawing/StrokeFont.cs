namespace Pixelis.Data.Drawing;

/// <summary>
/// Capital letters and digits of our own design as strokes, so that text looks the same on every machine. A glyph is 24 units high;
/// a style sets height, weight, width and slant.
/// </summary>
internal static class StrokeFont
{
    private const int GlyphHeight = 24;
    private const string Round = "8,0 4,1 1,5 0,12 1,19 4,23 8,24 12,23 15,19 16,12 15,5 12,1 8,0";

    private static readonly Dictionary<char, Glyph> Glyphs = new()
    {
        ['A'] = Parse("0,24 8,0 16,24|3,16 13,16"),
        ['B'] = Parse("9,12 0,12 0,24 9,24 13,22 15,18 13,14 9,12 12,10 14,6 12,2 8,0 0,0 0,12"),
        ['C'] = Parse("16,5 13,1 8,0 4,2 1,6 0,12 1,18 4,22 8,24 13,23 16,19"),
        ['D'] = Parse("0,0 0,24 7,24 12,22 15,18 16,12 15,6 12,2 7,0 0,0"),
        ['E'] = Parse("15,0 0,0 0,24 15,24|0,12 12,12"),
        ['F'] = Parse("15,0 0,0 0,24|0,12 12,12"),
        ['G'] = Parse("16,5 13,1 8,0 4,2 1,6 0,12 1,18 4,22 8,24 13,23 16,20 16,13 9,13"),
        ['H'] = Parse("0,0 0,24|16,0 16,24|0,12 16,12"),
        ['I'] = Parse("0,0 8,0|4,0 4,24|0,24 8,24"),
        ['J'] = Parse("11,0 11,18 9,22 6,24 2,23 0,19"),
        ['K'] = Parse("0,0 0,24|15,0 0,14|5,10 16,24"),
        ['L'] = Parse("0,0 0,24 14,24"),
        ['M'] = Parse("0,24 0,0 9,16 18,0 18,24"),
        ['N'] = Parse("0,24 0,0 16,24 16,0"),
        ['O'] = Parse(Round),
        ['P'] = Parse("0,24 0,0 9,0 13,2 15,6 13,11 9,13 0,13"),
        ['Q'] = Parse(Round + "|10,17 16,25"),
        ['R'] = Parse("0,24 0,0 9,0 13,2 15,6 13,11 9,13 0,13|8,13 16,24"),
        ['S'] = Parse("15,4 12,1 8,0 4,1 1,4 1,8 4,11 12,13 15,16 15,20 12,23 8,24 4,23 0,20"),
        ['T'] = Parse("0,0 16,0|8,0 8,24"),
        ['U'] = Parse("0,0 0,16 1,20 4,23 8,24 12,23 15,20 16,16 16,0"),
        ['V'] = Parse("0,0 8,24 16,0"),
        ['W'] = Parse("0,0 5,24 10,4 15,24 20,0"),
        ['X'] = Parse("0,0 16,24|16,0 0,24"),
        ['Y'] = Parse("0,0 8,12 16,0|8,12 8,24"),
        ['Z'] = Parse("0,0 16,0 0,24 16,24"),
        ['0'] = Parse("7,0 3,1 1,5 0,12 1,19 3,23 7,24 11,23 13,19 14,12 13,5 11,1 7,0"),
        ['1'] = Parse("1,5 7,0 7,24|1,24 13,24"),
        ['2'] = Parse("0,5 3,1 7,0 11,1 14,5 13,9 0,24 15,24"),
        ['3'] = Parse("0,3 4,0 8,0 12,2 13,6 12,10 8,12 5,12|8,12 12,14 14,18 12,22 8,24 4,24 0,21"),
        ['4'] = Parse("11,24 11,0 0,17 16,17"),
        ['5'] = Parse("13,0 2,0 1,11 5,9 9,9 13,12 14,16 13,21 9,24 4,24 0,21"),
        ['6'] = Parse("12,1 8,0 4,2 1,8 0,15 1,20 4,24 8,24 12,22 14,17 13,12 9,10 5,10 1,13"),
        ['7'] = Parse("0,0 15,0 5,24"),
        ['8'] = Parse("7,0 3,1 1,5 3,9 7,11 12,14 14,18 12,22 7,24 2,22 0,18 2,14 7,11 11,9 13,5 11,1 7,0"),
        ['9'] = Parse("2,23 6,24 10,22 13,16 14,9 13,4 10,0 6,0 2,2 0,7 1,12 5,14 9,14 13,11"),
    };

    private sealed record Glyph(int Width, (int X, int Y)[][] Strokes);

    /// <summary>Width of a line of text in pixels, pen included.</summary>
    public static int Width(string text, TextStyle style) => (Advance(text, style, out _) >> 6) + style.Pen;

    /// <summary>Outlines of a line of text.</summary>
    /// <param name="text">Capital letters and digits.</param>
    /// <param name="left">Left edge in pixels.</param>
    /// <param name="top">Top edge in pixels.</param>
    /// <param name="style">Height, weight, width and slant.</param>
    public static IReadOnlyList<Contour> Outline(string text, int left, int top, TextStyle style)
    {
        var contours = new List<Contour>();
        Advance(text, style, out int[] starts);
        int pen = style.Pen * Contour.Unit / 2;
        for (int i = 0; i < text.Length; i++)
        {
            int x0 = left * Contour.Unit + pen + starts[i], y0 = top * Contour.Unit + pen;
            foreach ((int X, int Y)[] stroke in Glyphs[text[i]].Strokes)
            {
                (int X, int Y)[] points = [.. stroke.Select(p => Place(p, x0, y0, style))];
                for (int k = 1; k < points.Length; k++)
                    contours.Add(Capsule(points[k - 1], points[k], pen));
            }
        }
        return contours;
    }

    private static int Advance(string text, TextStyle style, out int[] starts)
    {
        starts = new int[text.Length];
        int x = 0, gap = style.Height * Contour.Unit * style.SpacingPercent / 100;
        for (int i = 0; i < text.Length; i++)
        {
            starts[i] = x;
            x += Glyphs[text[i]].Width * Scale(style) * style.WidthPercent / 100 + gap;
        }
        return x - gap;
    }

    private static int Scale(TextStyle style) => (style.Height - style.Pen) * Contour.Unit / GlyphHeight;

    private static (int X, int Y) Place((int X, int Y) p, int x0, int y0, TextStyle style)
    {
        int slant = (GlyphHeight - p.Y) * style.SlantPercent;
        return (x0 + (p.X * style.WidthPercent + slant) * Scale(style) / 100, y0 + p.Y * Scale(style));
    }

    // A stroke with round ends: half a ring about each end, joined.
    private static Contour Capsule((int X, int Y) a, (int X, int Y) b, int radius)
    {
        const int half = 6;
        int direction = DirectionOf(b.X - a.X, b.Y - a.Y);
        var corners = new (int, int)[2 * (half + 1)];
        for (int i = 0; i <= half; i++)
        {
            int angle = direction + Angle.Turn / 4 + i * (Angle.Turn / 2) / half;
            corners[i] = Around(a, radius, angle);
            corners[half + 1 + i] = Around(b, radius, angle + Angle.Turn / 2);
        }
        return new Contour(corners);
    }

    private static (int, int) Around((int X, int Y) p, int radius, int angle) =>
        (p.X + radius * Angle.Cos(angle) / Angle.One, p.Y + radius * Angle.Sin(angle) / Angle.One);

    // The direction whose cosine and sine fit best, by halving: exact enough for a pen, and without an arc tangent.
    private static int DirectionOf(int dx, int dy)
    {
        int best = 0;
        long fit = long.MinValue;
        for (int step = Angle.Turn / 8; step >= 1; step /= 2)
        {
            int around = best;
            for (int k = -4; k <= 4; k++)
            {
                int angle = around + k * step;
                long along = (long)dx * Angle.Cos(angle) + (long)dy * Angle.Sin(angle);
                if (along > fit)
                    (fit, best) = (along, angle);
            }
        }
        return best;
    }

    private static Glyph Parse(string strokes)
    {
        (int X, int Y)[][] parsed = [.. strokes.Split('|').Select(stroke => stroke.Split(' ').Select(Point).ToArray())];
        return new Glyph(parsed.SelectMany(s => s).Max(p => p.X), parsed);
    }

    private static (int X, int Y) Point(string text)
    {
        int comma = text.IndexOf(',');
        return (int.Parse(text.AsSpan(0, comma)), int.Parse(text.AsSpan(comma + 1)));
    }
}
