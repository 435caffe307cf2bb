using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Pixelis.Tools.Visual;

/// <summary>TRACK_OBJECT: follows an object through a video from a box or a point in one frame; tracks can be gone on with.</summary>
/// <param name="tracker">The backend; null for <see cref="CsrtObjectTracker"/>.</param>
/// <param name="segmenter">Finds the object at a point; null for <see cref="GrabCutSegmenter"/>.</param>
public sealed class TrackTool(IObjectTracker? tracker = null, ISegmenter? segmenter = null) : VisualTool<TrackArguments>(
    "TRACK_OBJECT", "Follow an object through a video: returns where it is over time, when it is lost, and how it moves.", "track_object", "TRACK")
{
    private const int MostLines = 64;

    private readonly IObjectTracker _tracker = tracker ?? CsrtObjectTracker.Shared;
    private readonly ISegmenter _segmenter = segmenter ?? GrabCutSegmenter.Shared;

    /// <summary>Tracks are named and continued in the order of the calls.</summary>
    public override bool IsIndependent => false;

    /// <inheritdoc />
    protected override async ValueTask<ToolResult> RunAsync(TrackArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        CoordinateSpace space = Space(arguments.Coordinates, context);
        EpisodeTrack? known = arguments.TrackId is { } name ? EpisodeTracks.Of(context).Find(name) : null;
        (NumberedVisual input, VideoClip clip) = Video(context, known?.Video ?? arguments.TargetVideo);
        int last = Frame(arguments.EndFrame ?? clip.Frames.Count, clip);
        EpisodeTrack track = await Task.Run(() =>
        {
            EpisodeTrack started = known ?? Start(arguments, context, input, clip, space, cancellationToken);
            started.Follow(clip, last, cancellationToken);
            return started;
        }, cancellationToken);
        return Result(track, input, clip, space, arguments.Every);
    }

    private EpisodeTrack Start(TrackArguments arguments, ToolContext context, NumberedVisual input, VideoClip clip, CoordinateSpace space, CancellationToken cancellationToken)
    {
        int first = Frame(arguments.StartFrame, clip);
        PixelImage frame = clip.Frames[first].Image;
        IObjectTrack track = (arguments.Box, arguments.Point) switch
        {
            ({ } box, _) => _tracker.Start(frame, SourceBox(input, box, space, "bbox_2d").ToRect()),
            (_, { } point) => _tracker.Start(frame, SourcePoint(input, point, space, "point_2d").ToPosition(frame), _segmenter, cancellationToken),
            _ => throw new VisualCallException("Give 'bbox_2d' as [x1, y1, x2, y2], 'point_2d' as [x, y], or the 'track_id' of an earlier call."),
        };
        return EpisodeTracks.Of(context).Add(input.Number, first, track);
    }

    private static int Frame(int number, VideoClip clip) => number >= 1 && number <= clip.Frames.Count
        ? number - 1
        : throw new VisualCallException($"There is no frame {number}; frames are numbered 1 to {clip.Frames.Count}.");

    private static ToolResult Result(EpisodeTrack track, NumberedVisual input, VideoClip clip, CoordinateSpace space, int? every)
    {
        TrackSummary motion = TrackSummary.Of(track.Found);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{track.Name} in video {input.Number}, frames {track.FirstFrame + 1} to {track.FirstFrame + track.Found.Count}: ")
            .Append(CultureInfo.InvariantCulture, $"visible in {motion.VisibleFrames} of {motion.Frames}; moves {motion.Direction}; {End(track, input, space)}.");
        int step = every is > 0 ? Math.Max(every.Value, (track.Found.Count + MostLines - 1) / MostLines) : track.Found.Count;
        for (int i = 0; every is > 0 && i < track.Found.Count; i += step)
            text.Append('\n').Append(Line(track, i, input, clip, space));
        return new ToolResult
        {
            Text = text.ToString(),
            Data = JsonSerializer.SerializeToElement(new
            {
                track = track.Name,
                first_frame = track.FirstFrame + 1,
                motion,
                frames = track.Found.Select(f => new { visible = f.Visible, confidence = f.Confidence, box = new[] { f.Box.X, f.Box.Y, f.Box.Right, f.Box.Bottom } }),
            }),
            Annotations = [new TrackAnnotation { Input = input.Number, FirstFrame = track.FirstFrame, Label = track.Name, Boxes = [.. track.Found.Select(f => f.Visible ? f.Box.ToBox() : (PixelBox?)null)] }],
        };
    }

    private static string End(EpisodeTrack track, NumberedVisual input, CoordinateSpace space)
    {
        TrackedFrame last = track.Found[^1];
        return last.Visible ? $"ends at {Written(input, last.Box.ToBox(), space)}, {WrittenPlace.Ninth(input, last.Box.ToBox())}" : "now lost";
    }

    private static string Line(EpisodeTrack track, int i, NumberedVisual input, VideoClip clip, CoordinateSpace space)
    {
        TrackedFrame found = track.Found[i];
        int frame = track.FirstFrame + i;
        string place = found.Visible ? Written(input, found.Box.ToBox(), space) : "lost";
        return string.Create(CultureInfo.InvariantCulture, $"frame {frame + 1} ({clip.Frames[frame].Timestamp.TotalSeconds:0.##} s): {place}");
    }
}
