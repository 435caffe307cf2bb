namespace Pixelis;

/// <summary>
/// A video of which further frames can be read, when the sampled ones of a <see cref="VideoClip"/> do not show enough. Holds nothing open
/// between calls. Implementations are thread-safe.
/// </summary>
public interface IVideoSource
{
    /// <summary>Size, rate and length of the whole video.</summary>
    VideoInfo Info { get; }

    /// <summary>Reads the frames with the given zero-based numbers, upright, in the order asked for.</summary>
    /// <param name="indices">Frame numbers; repeats are allowed.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="FileNotFoundException">The video is gone.</exception>
    /// <exception cref="VideoFormatException">The video is not readable any more, or ends before one of the frames.</exception>
    IReadOnlyList<VideoFrame> ReadFrames(IReadOnlyList<int> indices, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the frames nearest to the given times, upright, in the order asked for; exact to half a frame of the average rate. A time after
    /// the end gives the last frame.
    /// </summary>
    /// <param name="times">Times from the start, not negative; repeats are allowed.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="FileNotFoundException">The video is gone.</exception>
    /// <exception cref="VideoFormatException">The video is not readable any more.</exception>
    IReadOnlyList<VideoFrame> ReadFramesAt(IReadOnlyList<TimeSpan> times, CancellationToken cancellationToken = default);
}
