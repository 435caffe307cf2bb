namespace Pixelis.Imaging.Video;

/// <summary>Reads videos through OpenCV and FFmpeg. Thread-safe and without state; every call opens the file anew.</summary>
public sealed class OpenCvVideoReader : IVideoReader
{
    /// <summary>A reader to share; it holds no state.</summary>
    public static OpenCvVideoReader Shared { get; } = new();

    /// <inheritdoc />
    public VideoInfo Probe(string path)
    {
        using var stream = new FrameStream(path);
        return Describe(path, stream, CancellationToken.None);
    }

    /// <inheritdoc />
    public VideoClip Sample(string path, VideoSampling? sampling = null, CancellationToken cancellationToken = default)
    {
        sampling ??= new VideoSampling();
        Validate(sampling);
        VideoInfo info;
        using (var stream = new FrameStream(path))
            info = Describe(path, stream, cancellationToken);
        (List<VideoFrame> frames, int read) = Take(path, info, sampling, cancellationToken);
        if (frames.Count == 0 || read < info.FrameCount)
        {
            // The container promised more frames than there are: choose anew among the real ones.
            if (read == 0)
                throw new VideoFormatException(path, "no frame can be decoded.");
            info = info with { FrameCount = read };
            (frames, _) = Take(path, info, sampling, cancellationToken);
        }
        double rate = frames.Count * info.FramesPerSecond / info.FrameCount;
        return new VideoClip(frames, rate, Path.GetFullPath(path)) { Source = new OpenCvVideoSource(Path.GetFullPath(path), info) };
    }

    /// <inheritdoc />
    public IReadOnlyList<VideoFrame> ReadFrames(string path, IReadOnlyList<int> indices, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(indices);
        if (indices.Any(i => i < 0))
            throw new ArgumentOutOfRangeException(nameof(indices), "Frame numbers start at 0.");
        int[] wanted = [.. indices.Distinct().Order()];
        using var stream = new FrameStream(path);
        var found = new Dictionary<int, VideoFrame>();
        foreach (int index in wanted)
        {
            if (!Advance(stream, index, cancellationToken))
                throw new VideoFormatException(path, $"there is no frame {index}; the video has {stream.Index + 1} frames.");
            found[index] = stream.Current();
        }
        return [.. indices.Select(i => found[i])];
    }

    // Returns the frames, and how many there are up to the last one asked for (fewer than promised when the file ends early).
    private static (List<VideoFrame> Frames, int Read) Take(string path, VideoInfo info, VideoSampling sampling, CancellationToken cancellationToken)
    {
        int count = FrameSampler.Count(info.FrameCount, info.FramesPerSecond, sampling);
        long bytes = (long)info.Width * info.Height * 3 * count;
        if (bytes > sampling.MaxBytes)
            throw new VideoFormatException(path, $"{count} frames of {info.Width}x{info.Height} take {bytes} bytes, more than the limit of {sampling.MaxBytes}: sample fewer frames (VideoSampling.MaxFrames) or raise VideoSampling.MaxBytes.");
        using var stream = new FrameStream(path);
        var frames = new List<VideoFrame>(count);
        foreach (int index in FrameSampler.Indices(info.FrameCount, count))
        {
            if (!Advance(stream, index, cancellationToken))
                return (frames, stream.Index + 1);
            frames.Add(frames.Count > 0 && frames[^1].SourceIndex == index ? frames[^1] : stream.Current());
        }
        return (frames, info.FrameCount);
    }

    private static VideoInfo Describe(string path, FrameStream stream, CancellationToken cancellationToken)
    {
        int frames = stream.StatedFrames;
        if (frames == 0)
        {
            // Streams without a length: count.
            while (Advance(stream, frames, cancellationToken))
                frames++;
            if (frames == 0)
                throw new VideoFormatException(path, "no frame can be decoded.");
        }
        return new VideoInfo(stream.Width, stream.Height, stream.FramesPerSecond, frames, stream.Rotation);
    }

    private static bool Advance(FrameStream stream, int index, CancellationToken cancellationToken)
    {
        while (stream.Index < index)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!stream.Next())
                return false;
        }
        return true;
    }

    private static void Validate(VideoSampling sampling)
    {
        if (!double.IsFinite(sampling.FramesPerSecond) || sampling.FramesPerSecond <= 0)
            throw new ArgumentException($"VideoSampling.FramesPerSecond must be a positive number, not {sampling.FramesPerSecond}.", nameof(sampling));
        if (sampling.MinFrames < 1 || sampling.MaxFrames < sampling.MinFrames || sampling.FrameMultiple < 1)
            throw new ArgumentException("VideoSampling needs 1 <= MinFrames <= MaxFrames and FrameMultiple >= 1.", nameof(sampling));
    }
}
