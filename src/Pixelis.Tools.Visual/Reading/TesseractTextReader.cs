using Pixelis.Tools.Visual.Reading;

namespace Pixelis.Tools.Visual;

/// <summary>
/// Reads text with tesseract 5 through its C API. Layout and orientation are found by trying, judged by what was read, so the
/// orientation model (osd) is not needed; small crops are enlarged; what does not read as a page is tried as scene text (coloured,
/// slanted, on an arc). Engines are kept warm, one a thread at work, each on one core. Thread-safe; deterministic.
/// </summary>
/// <param name="dataPath">Folder of the .traineddata files; null for TESSDATA_PREFIX or the installation's own.</param>
public sealed class TesseractTextReader(string? dataPath = null) : ITextReader, IDisposable
{
    private const int SceneShorterSide = 240;
    private const int SceneLongerSide = 700;
    private const int PageWords = 4;
    private const double PageConfidence = 0.75;
    private const double FewWordsConfidence = 0.88;
    private const double Noise = 0.2; // words less sure than this are marks taken for letters
    private readonly TesseractEnginePool _engines = new(dataPath);

    /// <inheritdoc />
    public RecognizedText Read(PixelImage image, TextReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        options ??= new TextReadingOptions();
        PixelRect whole = PixelRect.Of(image), region = (options.Region ?? whole).Intersect(whole);
        if (region.IsEmpty && options.Region is { } asked)
            throw new VisualArgumentException("region", $"[{asked.X}, {asked.Y}, {asked.Width}, {asked.Height}] (x, y, width, height) holds no pixel of the {image.Width}x{image.Height} image.");
        ValidateLanguage(options.Language);
        cancellationToken.ThrowIfCancellationRequested();
        PixelImage crop = Crop(image.ToRgb(AlphaHandling.BlendOnWhite), region);
        RecognizedText text = _engines.Use(options.Language, engine => Read(engine, crop, options.FindOrientation, cancellationToken));
        return text with { Words = [.. text.Words.Where(word => word.Confidence >= Noise).Select(word => word with { Box = Placed(word.Box, region) })] };
    }

    /// <summary>Frees the engines. No read may be in progress or follow.</summary>
    public void Dispose() => _engines.Dispose();

    private static RecognizedText Read(TesseractEngine engine, PixelImage crop, bool findOrientation, CancellationToken cancellationToken)
    {
        if (crop.Width < 3 || crop.Height < 3) // nothing that small is a letter, and tesseract refuses it loudly
            return new RecognizedText([], 0);
        bool small = Math.Min(crop.Width, crop.Height) <= SceneShorterSide && Math.Max(crop.Width, crop.Height) <= SceneLongerSide;
        RecognizedText page = new PageReader(engine, cancellationToken).Read(crop, findOrientation);
        bool solid = page.Words.Sum(word => word.Text.Count(char.IsLetterOrDigit)) >= 3;
        if (!small || (solid && page.Confidence >= (page.Words.Count >= PageWords ? PageConfidence : FewWordsConfidence)))
            return page;
        return new SceneReader(engine, cancellationToken).Read(crop, page) ?? page;
    }

    // The name becomes part of a file name inside tesseract.
    private static void ValidateLanguage(string language)
    {
        if (string.IsNullOrEmpty(language) || language.Length > 100 || !language.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '+'))
            throw new VisualArgumentException("language", "expected tesseract language names joined by '+', for example 'eng' or 'deu+fra'.");
    }

    private static PixelRect Placed(PixelRect box, PixelRect region) =>
        (box with { X = box.X + region.X, Y = box.Y + region.Y }).Intersect(region);

    private static PixelImage Crop(PixelImage rgb, PixelRect region)
    {
        if (region == PixelRect.Of(rgb))
            return rgb;
        var pixels = new byte[checked(region.Width * region.Height * 3)];
        for (int y = 0; y < region.Height; y++)
            rgb.Row(region.Y + y).Slice(region.X * 3, region.Width * 3).CopyTo(pixels.AsSpan(y * region.Width * 3));
        return PixelImage.Wrap(region.Width, region.Height, PixelFormat.Rgb24, pixels);
    }
}
