namespace Pixelis;

/// <summary>Reads frames from video files. Implementations are thread-safe and treat every file as hostile; nothing is fetched from a network.</summary>
public interface IVideoReader
{
    /// <summary>Reads size, rate, length and rotation from the file's headers.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="VideoFormatException">The file is not a readable video.</exception>
    VideoInfo Probe(string path);

    /// <summary>Takes evenly spaced frames, upright, with their presentation times.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sampling">Rate and bounds; null for the defaults.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="VideoFormatException">The file is not a readable video, or the frames would exceed the bounds.</exception>
    VideoClip Sample(string path, VideoSampling? sampling = null, CancellationToken cancellationToken = default);

    /// <summary>Takes the frames with the given zero-based numbers, upright, in the order asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="indices">Frame numbers; repeats are allowed.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="VideoFormatException">The file is not a readable video, or ends before one of the frames.</exception>
    IReadOnlyList<VideoFrame> ReadFrames(string path, IReadOnlyList<int> indices, CancellationToken cancellationToken = default);
}
