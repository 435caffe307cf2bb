namespace Pixelis;

/// <summary>One frame of a video.</summary>
/// <param name="Image">The picture, upright.</param>
/// <param name="SourceIndex">Zero-based number of the frame in the file it came from.</param>
/// <param name="Timestamp">Presentation time from the start of the video.</param>
public sealed record VideoFrame(PixelImage Image, int SourceIndex, TimeSpan Timestamp);
