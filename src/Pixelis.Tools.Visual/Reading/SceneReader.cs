using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual.Reading;

/// <summary>
/// Reads a small crop of scene text: a sign, a label, a word on a picture. The shim separates it into layers of like colour and lays the chains of
/// glyphs found there out as straight black-on-white lines (see text.cpp); each is read, and the reading that the others are most
/// like, weighted by confidence, wins. No dictionary is used beyond tesseract's own.
/// </summary>
internal sealed class SceneReader(TesseractEngine engine, CancellationToken cancellationToken)
{
    private const int LineHeight = 64;
    private const int Margin = 10;
    private const double FullCoverage = 0.8; // a chain over this much of the crop's width is taken as the whole text
    private const int PixelsPerInch = 150;

    private sealed record Reading(string Text, double Confidence, PixelRect Box);

    /// <summary>Reads a crop; null when nothing readable is in it.</summary>
    internal RecognizedText? Read(PixelImage crop, RecognizedText page)
    {
        List<Reading> readings = [.. FromLines(crop), .. FromGrey(crop)];
        if (Combine(page.Words, PixelRect.Of(crop), 1) is { } paged)
            readings.Add(paged);
        Reading? best = null;
        double most = 0;
        foreach (Reading reading in readings)
        {
            double support = readings.Sum(other => Square(other.Confidence * TextSimilarity.Of(reading.Text, other.Text)));
            if (support * (1 + reading.Confidence) > most)
                (most, best) = (support * (1 + reading.Confidence), reading);
        }
        if (best is null)
            return null;
        string[] words = best.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new RecognizedText([.. words.Select((word, i) => new RecognizedWord(word, Part(best.Box, words, i), best.Confidence, 0, 0))], 0);
    }

    private List<Reading> FromLines(PixelImage crop)
    {
        var found = new List<Reading>();
        foreach ((GreyPicture line, double coverage, PixelRect box) in Lines(crop))
        {
            if (Combine(engine.Read(line, TesseractMethods.PageSegWord, cancellationToken, PixelsPerInch).Words, box, Math.Min(1, coverage / FullCoverage)) is { } reading)
                found.Add(reading);
        }
        return found;
    }

    private List<Reading> FromGrey(PixelImage crop)
    {
        double scale = Math.Max(1, (double)LineHeight / (crop.Height + 2 * Margin));
        GreyPicture grey = GreyPicture.From(crop, scale, Margin);
        var found = new List<Reading>();
        foreach (int mode in new[] { TesseractMethods.PageSegLine, TesseractMethods.PageSegWord })
        {
            if (Combine(engine.Read(grey, mode, cancellationToken).Words, PixelRect.Of(crop), 1) is { } reading)
                found.Add(reading);
        }
        return found;
    }

    private static unsafe List<(GreyPicture Line, double Coverage, PixelRect Box)> Lines(PixelImage crop)
    {
        var lines = new List<(GreyPicture, double, PixelRect)>();
        int* box = stackalloc int[4];
        fixed (byte* pixels = crop.Pixels.Span)
        {
            VisualMethods.Check(VisualMethods.pv_text_lines(pixels, crop.Width, crop.Height, out VisualMethods.TextLinesHandle handle, out int count), "Looking for lines of text");
            using (handle)
            {
                for (int i = 0; i < count; i++)
                {
                    VisualMethods.Check(VisualMethods.pv_text_line(handle, i, out int width, out int height, out byte* line, out double coverage, box), "Reading a line of text");
                    lines.Add((new GreyPicture(new ReadOnlySpan<byte>(line, width * height).ToArray(), width, height), coverage, new PixelRect(box[0], box[1], box[2], box[3])));
                }
            }
        }
        return lines;
    }

    // One reading of what tesseract took for words: marks at a word's ends are most often the crop's edge or a shadow, and a
    // word's confidence counts by its length and by the share of letters and digits in it.
    private static Reading? Combine(IReadOnlyList<RecognizedWord> words, PixelRect box, double weight)
    {
        var kept = new List<string>();
        double sum = 0, length = 0;
        foreach (RecognizedWord word in words)
        {
            int solid = word.Text.Count(char.IsLetterOrDigit);
            if (solid == 0)
                continue;
            string bare = word.Text.Trim('\'', '"', '`', '|', ',', '.', ';', ':', '_', '-', '~', '^', '*', '°', '‘', '’', '“', '”', '«', '»');
            kept.Add(bare);
            sum += word.Confidence * solid;
            length += bare.Length;
        }
        return kept.Count == 0 ? null : new Reading(string.Join(' ', kept), weight * sum / length, box);
    }

    // The words of a line share its box in proportion to their letters.
    private static PixelRect Part(PixelRect box, string[] words, int index)
    {
        int total = words.Sum(w => w.Length) + words.Length - 1, before = words.Take(index).Sum(w => w.Length + 1);
        int left = box.X + box.Width * before / total, right = box.X + box.Width * (before + words[index].Length) / total;
        return box with { X = left, Width = Math.Max(1, right - left) };
    }

    private static double Square(double x) => x * x;
}
