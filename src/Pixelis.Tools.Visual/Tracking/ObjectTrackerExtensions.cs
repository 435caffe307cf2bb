namespace Pixelis.Tools.Visual;

/// <summary>Whole clips, and tracks that begin with a mask or a point.</summary>
public static class ObjectTrackerExtensions
{
    /// <summary>Follows an object from the first frame to the last.</summary>
    /// <param name="tracker">The tracker.</param>
    /// <param name="frames">The frames in order of time, at least one.</param>
    /// <param name="box">The object's box in the first frame.</param>
    /// <param name="cancellationToken">Stops between frames.</param>
    /// <returns>One entry a frame, the first being <paramref name="box"/> itself.</returns>
    public static IReadOnlyList<TrackedFrame> Track(
        this IObjectTracker tracker, IReadOnlyList<PixelImage> frames, PixelRect box, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0)
            throw new VisualArgumentException("frames", "at least one frame is needed.");
        using IObjectTrack track = tracker.Start(frames[0], box);
        var found = new List<TrackedFrame>(frames.Count) { track.Current };
        for (int i = 1; i < frames.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add(track.Next(frames[i]));
        }
        return found;
    }

    /// <summary>Starts a track on the box of a mask.</summary>
    public static IObjectTrack Start(this IObjectTracker tracker, PixelImage frame, ObjectMask mask)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(mask);
        return tracker.Start(frame, mask.Box);
    }

    /// <summary>Starts a track on the object at a point, as a segmenter sees it.</summary>
    /// <exception cref="VisualArgumentException">The point lies outside the frame, or no object of at least 4 x 4 pixels is there.</exception>
    public static IObjectTrack Start(
        this IObjectTracker tracker, PixelImage frame, PixelPosition point, ISegmenter segmenter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        return tracker.Start(frame, segmenter.Segment(frame, new SegmentationPrompt(point), cancellationToken).Mask);
    }
}
