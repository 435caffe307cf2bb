namespace Pixelis.Imaging.Video;

/// <summary>Further frames of a video file. The file is opened for each call and read from its start, so that numbers and times are exact.</summary>
internal sealed class OpenCvVideoSource(string path, VideoInfo info) : IVideoSource
{
    public VideoInfo Info => info;

    public IReadOnlyList<VideoFrame> ReadFrames(IReadOnlyList<int> indices, CancellationToken cancellationToken = default) =>
        OpenCvVideoReader.Shared.ReadFrames(path, indices, cancellationToken);

    public IReadOnlyList<VideoFrame> ReadFramesAt(IReadOnlyList<TimeSpan> times, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(times);
        if (times.Any(t => t < TimeSpan.Zero))
            throw new ArgumentOutOfRangeException(nameof(times), "Times are not negative.");
        TimeSpan half = TimeSpan.FromSeconds(0.5 / info.FramesPerSecond);
        TimeSpan[] wanted = [.. times.Distinct().Order()];
        var found = new Dictionary<TimeSpan, VideoFrame>();
        int last;
        using (var stream = new FrameStream(path))
        {
            VideoFrame? current = null;
            bool more = stream.Next();
            foreach (TimeSpan time in wanted)
            {
                for (; more && stream.Timestamp < time - half; current = null)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    more = stream.Next();
                }
                if (!more)
                    break;
                found[time] = current ??= stream.Current();
            }
            last = stream.Index;
        }
        if (last < 0)
            throw new VideoFormatException(path, "no frame can be decoded.");
        // Past the end only the number of the last frame is known, and a stream does not go back.
        if (found.Count < wanted.Length)
        {
            VideoFrame end = ReadFrames([last], cancellationToken)[0];
            foreach (TimeSpan time in wanted.Where(t => !found.ContainsKey(t)))
                found[time] = end;
        }
        return [.. times.Select(t => found[t])];
    }
}
