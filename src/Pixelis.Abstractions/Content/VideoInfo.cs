namespace Pixelis;

/// <summary>What a video file says about itself.</summary>
/// <param name="Width">Stored width in pixels, before rotation.</param>
/// <param name="Height">Stored height in pixels, before rotation.</param>
/// <param name="FramesPerSecond">Average frame rate, greater than 0.</param>
/// <param name="FrameCount">Number of frames, at least 1. It comes from the container and may be off by a few in damaged files.</param>
/// <param name="Rotation">Degrees clockwise (0, 90, 180 or 270) that make a frame upright; readers have applied it to the frames they return.</param>
public sealed record VideoInfo(int Width, int Height, double FramesPerSecond, int FrameCount, int Rotation)
{
    /// <summary>Length: frames by frame rate.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(FrameCount / FramesPerSecond);
}
