using System.Text.Json;

namespace Pixelis.Models.Qwen.Processing;

/// <summary>How pictures become patches. The defaults are those of the reference's class; released models set their own limits.</summary>
public sealed record QwenImageProcessorOptions
{
    /// <summary>The file of a model folder that holds these settings.</summary>
    public const string FileName = "preprocessor_config.json";

    /// <summary>The file that holds a video's limits where they are not those of images; a model folder need not have it.</summary>
    public const string VideoFileName = "video_preprocessor_config.json";

    /// <summary>Least area of a resized picture in pixels. Default 3136 (56 x 56).</summary>
    public long MinPixels { get; init; } = 56 * 56;

    /// <summary>Largest area of a resized picture in pixels. Default 1003520 (1280 merged patches of 28 x 28).</summary>
    public long MaxPixels { get; init; } = 28 * 28 * 1280;

    /// <summary>
    /// Largest area of a resized frame of a video in pixels, at least <see cref="MinPixels"/>; null (default) for that of images. A video of
    /// one frame counts as an image.
    /// </summary>
    public long? MaxFramePixels { get; init; }

    /// <summary>Side of a patch in pixels. Default 14.</summary>
    public int PatchSize { get; init; } = 14;

    /// <summary>Patches per side of a merged unit. Default 2.</summary>
    public int MergeSize { get; init; } = 2;

    /// <summary>Frames a patch spans; a still image is repeated. Default 2.</summary>
    public int TemporalPatchSize { get; init; } = 2;

    /// <summary>What a byte is multiplied by, in double precision. Default 1/255.</summary>
    public double RescaleFactor { get; init; } = 1.0 / 255;

    /// <summary>Mean of each channel (red, green, blue) after rescaling.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0.48145466, 0.4578275, 0.40821073];

    /// <summary>Standard deviation of each channel (red, green, blue) after rescaling.</summary>
    public IReadOnlyList<double> StandardDeviation { get; init; } = [0.26862954, 0.26130258, 0.27577711];

    /// <summary>Numbers a patch: 3 channels, <see cref="TemporalPatchSize"/> frames, <see cref="PatchSize"/> squared pixels; 1176 by default.</summary>
    public int PatchLength => 3 * TemporalPatchSize * PatchSize * PatchSize;

    /// <summary>Both sides of a resized picture are multiples of this; 28 by default.</summary>
    public int Factor => PatchSize * MergeSize;

    /// <summary>Reads <c>preprocessor_config.json</c> of a model folder and, where it is there, <c>video_preprocessor_config.json</c> for the frame limit.</summary>
    /// <exception cref="ModelFormatException">The file is missing, is not JSON, or asks for something that Qwen's processor does not do.</exception>
    public static QwenImageProcessorOptions FromFolder(string folder)
    {
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            throw new ModelFormatException(file, "the file is missing; it holds the size limits and normalisation of images.");
        QwenImageProcessorOptions images = Parse(File.ReadAllBytes(file), file);
        string video = Path.Combine(folder, VideoFileName);
        if (!File.Exists(video))
            return images;
        long most = Parse(File.ReadAllBytes(video), video).MaxPixels;
        if (most < images.MinPixels)
            throw new ModelFormatException(video, $"max_pixels ({most}) is smaller than the images' min_pixels ({images.MinPixels}).");
        return most == images.MaxPixels ? images : images with { MaxFramePixels = most };
    }

    /// <summary>The largest area of a picture, or of a frame of a video.</summary>
    internal long MostPixels(int frames) => frames > 1 ? MaxFramePixels ?? MaxPixels : MaxPixels;

    /// <summary>Reads the settings from JSON. The limits may be spelled <c>min_pixels</c>/<c>max_pixels</c> or <c>size.shortest_edge</c>/<c>size.longest_edge</c>; the former win.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="file">The name to give in errors.</param>
    /// <exception cref="ModelFormatException">As for <see cref="FromFolder"/>.</exception>
    public static QwenImageProcessorOptions Parse(ReadOnlyMemory<byte> json, string file = FileName)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
            return new PreprocessorConfigReader(document.RootElement, file).Read();
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(file, $"not valid JSON: {e.Message}", e);
        }
    }
}
