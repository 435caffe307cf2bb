using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual.Reading;

/// <summary>
/// Reads pages, screens and receipts. The automatic layout of the picture as it is comes first; only where its words are
/// doubtful are other layouts and a larger copy tried, and only where hardly a word was read, other orientations. The attempt with
/// the highest <see cref="Worth"/> wins.
/// </summary>
internal sealed class PageReader(TesseractEngine engine, CancellationToken cancellationToken)
{
    private const double Sure = 0.86;
    private const double Hopeless = 0.68;
    private const long MostEnlargedPixels = 6_000_000;

    /// <summary>Reads a crop; boxes are in its pixels.</summary>
    internal RecognizedText Read(PixelImage crop, bool findOrientation)
    {
        double scale = ScaleFor(crop);
        GreyPicture upright = GreyPicture.From(crop, scale, 0);
        RecognizedText best = Attempt(upright, 0, TesseractMethods.PageSegAuto, scale);
        int turn = 0;
        if (findOrientation && (best.Confidence < Hopeless || best.Words.Count == 0))
            (best, turn) = BestOrientation(upright, best, scale);
        if (best.Words.Count > 0 && best.Confidence >= Sure)
            return best;
        foreach (int mode in new[] { TesseractMethods.PageSegSingleColumn, TesseractMethods.PageSegBlock, TesseractMethods.PageSegSparse })
            best = Better(best, Attempt(upright, turn, mode, scale));
        double larger = scale * 2;
        if (crop.Width * larger * crop.Height * larger <= MostEnlargedPixels)
            best = Better(best, Attempt(GreyPicture.From(crop, larger, 0), turn, TesseractMethods.PageSegAuto, larger));
        return best;
    }

    /// <summary>
    /// Characters expected to be right less those expected to be wrong, confidence being taken as the probability that a word is
    /// right; what is neither letter nor digit counts for nothing. Rewards reading more, and punishes inventing.
    /// </summary>
    internal static double Worth(RecognizedText text) =>
        text.Words.Sum(word => (2 * word.Confidence - 1) * word.Text.Count(char.IsLetterOrDigit));

    private static RecognizedText Better(RecognizedText a, RecognizedText b) => Worth(b) > Worth(a) ? b : a;

    // Letters of a small picture are small: tesseract's model was trained on lines some 30 to 50 pixels high.
    private static double ScaleFor(PixelImage crop) => crop.Height < 100 ? Math.Min(4, 4 * 50_000.0 / Math.Max(50_000, crop.Width * crop.Height)) : 1;

    private (RecognizedText Best, int Turn) BestOrientation(GreyPicture picture, RecognizedText best, double scale)
    {
        int turn = 0;
        foreach (int degrees in new[] { 180, 90, 270 })
        {
            RecognizedText attempt = Attempt(picture, degrees, TesseractMethods.PageSegAuto, scale);
            if (Worth(attempt) > Worth(best))
                (best, turn) = (attempt, degrees);
            if (best.Confidence >= Sure)
                break;
        }
        return (best, turn);
    }

    private RecognizedText Attempt(GreyPicture picture, int degrees, int mode, double scale)
    {
        RecognizedText text = engine.Read(picture.TurnedBack(degrees), mode, cancellationToken);
        return new RecognizedText(
            [.. text.Words.Select(word => word with { Box = Unscaled(picture.SourceBox(word.Box, degrees), scale) })], (degrees + text.Rotation) % 360);
    }

    private static PixelRect Unscaled(PixelRect box, double scale)
    {
        int x = (int)Math.Floor(box.X / scale), y = (int)Math.Floor(box.Y / scale);
        return new PixelRect(x, y, Math.Max(1, (int)Math.Ceiling(box.Right / scale) - x), Math.Max(1, (int)Math.Ceiling(box.Bottom / scale) - y));
    }
}
