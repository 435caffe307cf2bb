using System.Text.Json.Serialization;

namespace Pixelis.Data;

/// <summary>
/// A picture or clip of an example: in memory, on disk, or both. Immutable; the pixels are shared, never copied.
/// </summary>
public sealed record ExampleMedia
{
    /// <summary>Picture or clip.</summary>
    public MediaKind Kind { get; init; }

    /// <summary>
    /// The file, relative to the dataset's file; for a clip a folder of pictures in order of their names, or a video file. Null while the
    /// medium is in memory only.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>Width in pixels; 0 when not known.</summary>
    public int Width { get; init; }

    /// <summary>Height in pixels; 0 when not known.</summary>
    public int Height { get; init; }

    /// <summary>Frames of a clip; 0 for a picture.</summary>
    public int FrameCount { get; init; }

    /// <summary>Frames a second of a clip; 0 for a picture.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>SHA-256 of the pixels (of a clip: of its first frame), as in <see cref="PixelImage.ContentHash"/>; null when not known.</summary>
    public string? Hash { get; init; }

    /// <summary>The picture, when it is in memory.</summary>
    [JsonIgnore]
    public PixelImage? Image { get; init; }

    /// <summary>The clip, when it is in memory.</summary>
    [JsonIgnore]
    public VideoClip? Clip { get; init; }

    /// <summary>Whether the pixels are in memory.</summary>
    [JsonIgnore]
    public bool IsLoaded => Image is not null || Clip is not null;

    /// <summary>A picture in memory.</summary>
    public static ExampleMedia Of(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new ExampleMedia { Kind = MediaKind.Image, Width = image.Width, Height = image.Height, Image = image };
    }

    /// <summary>A clip in memory.</summary>
    public static ExampleMedia Of(VideoClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new ExampleMedia
        {
            Kind = MediaKind.Video, Width = clip.Width, Height = clip.Height, FrameCount = clip.Frames.Count, FramesPerSecond = clip.FramesPerSecond, Clip = clip,
        };
    }

    /// <summary>The medium as a part of a message.</summary>
    /// <exception cref="InvalidOperationException">The pixels are not in memory.</exception>
    public ContentPart ToPart() => this switch
    {
        { Image: { } image } => new ImagePart(image),
        { Clip: { } clip } => new VideoPart(clip),
        _ => throw new InvalidOperationException($"The pixels of {Path ?? "this medium"} are not in memory; load the example's media first."),
    };
}
