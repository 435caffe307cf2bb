namespace Pixelis;

/// <summary>
/// Frames sampled from a video, in order of time. All frames have the same size.
/// Immutable and safe to share between threads.
/// </summary>
public sealed class VideoClip
{
    /// <summary>Makes a clip of at least one frame.</summary>
    /// <param name="frames">Frames in order of time, all of the same size.</param>
    /// <param name="framesPerSecond">Sampling rate of <paramref name="frames"/> in frames per second, greater than 0.</param>
    /// <param name="sourcePath">The file the frames came from, when there is one: tools read further frames from it.</param>
    /// <exception cref="ArgumentException">No frame, frames of different sizes, or a rate that is not a positive finite number.</exception>
    public VideoClip(IReadOnlyList<VideoFrame> frames, double framesPerSecond, string? sourcePath = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0)
            throw new ArgumentException("A clip needs at least one frame.", nameof(frames));
        if (!double.IsFinite(framesPerSecond) || framesPerSecond <= 0)
            throw new ArgumentException($"The frame rate must be a positive number, not {framesPerSecond}.", nameof(framesPerSecond));
        PixelImage first = frames[0].Image;
        if (frames.Any(f => f.Image.Width != first.Width || f.Image.Height != first.Height))
            throw new ArgumentException("All frames of a clip have the same size.", nameof(frames));
        Frames = [.. frames];
        FramesPerSecond = framesPerSecond;
        SourcePath = sourcePath;
    }

    /// <summary>The sampled frames, at least one.</summary>
    public IReadOnlyList<VideoFrame> Frames { get; }

    /// <summary>Sampling rate in frames per second.</summary>
    public double FramesPerSecond { get; }

    /// <summary>The file behind the clip, or null when the frames were made in memory.</summary>
    public string? SourcePath { get; }

    /// <summary>Reads further frames of the same video, in full resolution; null when the sampled ones are all there is.</summary>
    public IVideoSource? Source { get; init; }

    /// <summary>Width of every frame in pixels.</summary>
    public int Width => Frames[0].Image.Width;

    /// <summary>Height of every frame in pixels.</summary>
    public int Height => Frames[0].Image.Height;
}
