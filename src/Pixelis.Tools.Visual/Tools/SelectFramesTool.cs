namespace Pixelis.Tools.Visual;

/// <summary>
/// SELECT_FRAMES: returns frames of a video in full detail, by number or time. Times and numbers of the whole video are read from the
/// clip's source where it has one; otherwise, or when the source cannot be read any more, the nearest sampled frame stands in.
/// </summary>
public sealed class SelectFramesTool(string name = SelectFramesTool.DefaultName)
    : VisualTool<SelectFramesArguments>(name, "Look at single frames of a video in full resolution, by number or by time; at most 8 a call.", [.. Names.Where(n => n != name)])
{
    /// <summary>Most frames a call returns.</summary>
    public const int MaxFrames = 8;

    private const string DefaultName = "SELECT_FRAMES";
    private static readonly string[] Names = [DefaultName, "select_frames", "SELECT_FRAME"];

    /// <inheritdoc />
    protected override ValueTask<ToolResult> RunAsync(SelectFramesArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        (NumberedVisual input, VideoClip clip) = Video(context, arguments.TargetVideo);
        // Some models fill every argument they know of: an empty list counts as none.
        arguments = arguments with { TargetFrames = Given(arguments.TargetFrames), Times = Given(arguments.Times), SourceFrames = Given(arguments.SourceFrames) };
        int count = arguments.TargetFrames?.Length ?? arguments.Times?.Length ?? arguments.SourceFrames?.Length ?? 0;
        if (count == 0)
            throw new VisualCallException("Give 'target_frames' as a list of frame numbers, or 'times' as a list of seconds.");
        if (count > MaxFrames)
            throw new VisualCallException($"At most {MaxFrames} frames a call; {count} were asked for.");
        if ((long)count * clip.Width * clip.Height > Budget.Pixels)
            throw new VisualCallException($"{count} frames of {clip.Width}x{clip.Height} have more than the {Budget.Pixels} pixels that are allowed; ask for fewer.");
        (IReadOnlyList<VideoFrame> frames, string note) = Choose(arguments, clip, cancellationToken);
        return ValueTask.FromResult(new ToolResult
        {
            Text = $"Selected frames of video {input.Number}: {string.Join(", ", frames.Select((f, i) => Label(arguments, f, i)))}.{note}",
            Images = [.. frames.Select(f => new ToolImage(f.Image, input.Number, new PixelBox(0, 0, clip.Width, clip.Height)))],
        });
    }

    private static T[]? Given<T>(T[]? values) => values is { Length: > 0 } ? values : null;

    private static string Label(SelectFramesArguments arguments, VideoFrame frame, int position) => arguments.TargetFrames is { } numbers
        ? FormattableString.Invariant($"{numbers[position]} ({frame.Timestamp.TotalSeconds:0.##} s)")
        : FormattableString.Invariant($"{frame.Timestamp.TotalSeconds:0.##} s (frame {frame.SourceIndex + 1} of the video)");

    private static (IReadOnlyList<VideoFrame> Frames, string Note) Choose(SelectFramesArguments arguments, VideoClip clip, CancellationToken cancellationToken)
    {
        if (arguments.TargetFrames is { } numbers)
            return ([.. numbers.Select(n => clip.Frames[Index(n, clip.Frames.Count)])], "");
        double[]? times = arguments.Times;
        int[] indices = arguments.SourceFrames is { } whole && times is null ? [.. whole.Select(n => Index(n, Length(clip)))] : [];
        foreach (double time in times ?? [])
            CheckTime(time, clip);
        if (clip.Source is { } source)
        {
            try
            {
                return (times is null ? source.ReadFrames(indices, cancellationToken) : source.ReadFramesAt([.. times.Select(TimeSpan.FromSeconds)], cancellationToken), "");
            }
            catch (Exception e) when (e is VideoFormatException or IOException or UnauthorizedAccessException)
            {
                // The file changed or went away since it was sampled: what was sampled is still here.
            }
        }
        IReadOnlyList<VideoFrame> nearest = times is null
            ? [.. indices.Select(i => clip.Frames.MinBy(f => Math.Abs(f.SourceIndex - i))!)]
            : [.. times.Select(t => clip.Frames.MinBy(f => Math.Abs(f.Timestamp.TotalSeconds - t))!)];
        return (nearest, clip.Source is null ? "" : " These are the nearest of the frames you were shown; the video itself cannot be read any more.");
    }

    private static int Length(VideoClip clip) => clip.Source?.Info.FrameCount ?? clip.Frames[^1].SourceIndex + 1;

    private static int Index(int number, int count) => number >= 1 && number <= count
        ? number - 1
        : throw new VisualCallException($"There is no frame {number}; frames are numbered 1 to {count}.");

    private static void CheckTime(double seconds, VideoClip clip)
    {
        double end = Math.Max(clip.Frames[^1].Timestamp.TotalSeconds + 1 / clip.FramesPerSecond, clip.Source?.Info.Duration.TotalSeconds ?? 0);
        if (!double.IsFinite(seconds) || seconds < 0 || seconds > end)
            throw new VisualCallException(FormattableString.Invariant($"There is no frame at {seconds} s; the video runs from 0 to {end:0.##} s."));
    }
}
