namespace Pixelis.Tools.Visual;

/// <summary>SELECT_FRAMES: returns frames of a video in full detail, by number or time.</summary>
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
        int[] indices = Indices(arguments, clip);
        if (indices.Length > MaxFrames)
            throw new VisualCallException($"At most {MaxFrames} frames a call; {indices.Length} were asked for.");
        string list = string.Join(", ", indices.Select(i => FormattableString.Invariant($"{i + 1} ({clip.Frames[i].Timestamp.TotalSeconds:0.##} s)")));
        return ValueTask.FromResult(new ToolResult
        {
            Text = $"Selected frames of video {input.Number}: {list}.",
            Images = [.. indices.Select(i => new ToolImage(clip.Frames[i].Image, input.Number, new PixelBox(0, 0, clip.Width, clip.Height)))],
        });
    }

    private static int[] Indices(SelectFramesArguments arguments, VideoClip clip) => arguments switch
    {
        { TargetFrames: { Length: > 0 } numbers } => [.. numbers.Select(n => Index(n, clip))],
        { Times: { Length: > 0 } times } => [.. times.Select(t => Nearest(t, clip))],
        _ => throw new VisualCallException("Give 'target_frames' as a list of frame numbers, or 'times' as a list of seconds."),
    };

    private static int Index(int number, VideoClip clip) => number >= 1 && number <= clip.Frames.Count
        ? number - 1
        : throw new VisualCallException($"There is no frame {number}; frames are numbered 1 to {clip.Frames.Count}.");

    private static int Nearest(double seconds, VideoClip clip)
    {
        double last = clip.Frames[^1].Timestamp.TotalSeconds;
        if (!double.IsFinite(seconds) || seconds < 0 || seconds > last + 1 / clip.FramesPerSecond)
            throw new VisualCallException(FormattableString.Invariant($"There is no frame at {seconds} s; the video runs from 0 to {last:0.##} s."));
        int best = 0;
        for (int i = 1; i < clip.Frames.Count; i++)
        {
            if (Math.Abs(clip.Frames[i].Timestamp.TotalSeconds - seconds) < Math.Abs(clip.Frames[best].Timestamp.TotalSeconds - seconds))
                best = i;
        }
        return best;
    }
}
