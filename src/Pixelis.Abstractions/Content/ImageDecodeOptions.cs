namespace Pixelis;

/// <summary>Limits for decoding an image.</summary>
public sealed record ImageDecodeOptions
{
    /// <summary>Most pixels (width times height) a header may promise. Default 100 megapixels; a larger image is refused before memory is spent.</summary>
    public long MaxPixels { get; init; } = 100_000_000;
}
