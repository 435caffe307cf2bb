namespace Pixelis;

/// <summary>Which frames of a video to take: evenly spaced ones, at a rate, within bounds. The defaults are Qwen's.</summary>
public sealed record VideoSampling
{
    /// <summary>Frames to take per second of video. Default 2.</summary>
    public double FramesPerSecond { get; init; } = 2;

    /// <summary>Least number of frames, where the video has so many. Default 4.</summary>
    public int MinFrames { get; init; } = 4;

    /// <summary>Largest number of frames; longer videos are sampled more thinly. Default 768.</summary>
    public int MaxFrames { get; init; } = 768;

    /// <summary>The number of frames is rounded down to a multiple of this (frames of a temporal patch), where the video has so many. Default 2.</summary>
    public int FrameMultiple { get; init; } = 2;

    /// <summary>Most bytes that the sampled frames together may take as RGB. Default 2 GiB; more is refused before anything is decoded.</summary>
    public long MaxBytes { get; init; } = 2L << 30;
}
