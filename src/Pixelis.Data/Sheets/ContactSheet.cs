using Pixelis.Data.Drawing;

namespace Pixelis.Data;

/// <summary>Puts examples side by side in one picture, with what is asked and the answer below each: to look at a dataset.</summary>
public static class ContactSheet
{
    private const int Gap = 8;
    private const int Caption = 34;

    /// <summary>Draws a sheet.</summary>
    /// <param name="examples">Examples with their media in memory.</param>
    /// <param name="columns">Examples a row, at least 1.</param>
    /// <param name="side">Width of an example in pixels, at least 112.</param>
    public static PixelImage Draw(IReadOnlyList<Example> examples, int columns = 3, int side = 336)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 112);
        int rows = Math.Max(1, (examples.Count + columns - 1) / columns);
        var canvas = new Canvas(columns * (side + Gap) + Gap, rows * (side + Caption + Gap) + Gap);
        for (int y = 0; y < canvas.Height; y++)
            canvas.Row(y).Fill(240);
        for (int i = 0; i < examples.Count; i++)
        {
            int left = Gap + i % columns * (side + Gap), top = Gap + i / columns * (side + Caption + Gap);
            Picture(canvas, examples[i].Media[0], left, top, side);
            Inset(canvas, examples[i], left, top, side);
            Write(canvas, examples[i].Question, left, top + side + 4, side);
            Write(canvas, $"{examples[i].Family} {examples[i].Difficulty} = {examples[i].Answer}", left, top + side + 19, side);
        }
        return canvas.ToImage();
    }

    // Fine engravings vanish when a sheet is itself shown smaller: what the question is about is put beside the picture, twice as large.
    private static void Inset(Canvas canvas, Example example, int left, int top, int side)
    {
        const int factor = 2;
        TruthObject? target = example.Truth.FirstOrDefault(t => t.IsTarget && t.TextBox is not null);
        if (target is null || example.Media[0].Image is not { } image || side < 336)
            return;
        PixelBox box = target.Box.RoundOut().ClampTo(image.Width, image.Height);
        int width = (int)box.Width * factor, height = (int)box.Height * factor;
        (int x, int y)[] corners = [(4, 4), (side - width - 4, 4), (4, side - height - 4), (side - width - 4, side - height - 4)];
        (int cornerX, int cornerY) = corners.MinBy(c => Covered(example, new PixelBox(c.x, c.y, c.x + width, c.y + height).Scale((double)image.Width / side, (double)image.Height / side)));
        int x0 = left + cornerX, y0 = top + cornerY;
        for (int y = -1; y <= height; y++)
        {
            for (int x = -1; x <= width; x++)
            {
                Span<byte> to = canvas.Row(y0 + y).Slice(3 * (x0 + x), 3);
                if (x < 0 || y < 0 || x == width || y == height)
                    to.Fill(0);
                else
                    image.Row((int)box.Top + y / factor).Slice(((int)box.Left + x / factor) * image.Channels, 3).CopyTo(to);
            }
        }
    }

    // Pixels of objects under a box, those of the target counting most.
    private static double Covered(Example example, PixelBox box) => example.Truth.Sum(t =>
        new PixelBox(Math.Max(box.Left, t.Box.Left), Math.Max(box.Top, t.Box.Top), Math.Min(box.Right, t.Box.Right), Math.Min(box.Bottom, t.Box.Bottom)) is { IsValid: true } shared
            ? shared.Area * (t.IsTarget ? 4 : 1)
            : 0);

    // A clip shows its frames in a grid as near to a square as they make.
    private static void Picture(Canvas canvas, ExampleMedia media, int left, int top, int side)
    {
        if (media.Image is { } image)
        {
            Place(canvas, image, left, top, side);
            return;
        }
        if (media.Clip is not { } clip)
            return;
        int across = 1;
        while (across * across < clip.Frames.Count)
            across++;
        for (int f = 0; f < clip.Frames.Count; f++)
            Place(canvas, clip.Frames[f].Image, left + f % across * (side / across), top + f / across * (side / across), side / across - 2);
    }

    // Nearest pixels: a sheet shows what is there, not what a filter makes of it. Fine hatches may look coarser than they are.
    private static void Place(Canvas canvas, PixelImage image, int left, int top, int side)
    {
        int longer = Math.Max(image.Width, image.Height), channels = image.Channels;
        int width = Math.Max(1, image.Width * side / longer), height = Math.Max(1, image.Height * side / longer);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> from = image.Row(y * image.Height / height);
            Span<byte> to = canvas.Row(top + y);
            for (int x = 0; x < width; x++)
                from.Slice(x * image.Width / width * channels, 3).CopyTo(to.Slice(3 * (left + x), 3));
        }
    }

    private static void Write(Canvas canvas, string text, int left, int top, int width)
    {
        var style = new TextStyle(11, 1, 80, 0, 24);
        int x = left;
        foreach (string word in Printable(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int end = x + StrokeFont.Width(word, style);
            if (end > left + width)
                return;
            canvas.Paint(PolygonRasterizer.Fill(StrokeFont.Outline(word, x, top, style)), new Rgb(20, 20, 20));
            x = end + 6;
        }
    }

    private static string Printable(string text) => new([.. text.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]);
}
