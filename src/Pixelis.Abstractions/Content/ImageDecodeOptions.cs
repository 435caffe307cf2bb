namespace Pixelis;

/// <summary>Limits for decoding an image.</summary>
public sealed record ImageDecodeOptions
{
    /// <summary>Most pixels (width times height) a header may promise. Default 100 megapixels; a larger image is refused before memory is spent.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Most bytes an image file may have, at most 2 GB. Default 256 MiB; a larger file is refused unread.</summary>
    public int MaxFileBytes { get; init; } = 256 << 20;
}
