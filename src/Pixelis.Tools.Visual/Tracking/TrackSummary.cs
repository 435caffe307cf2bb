namespace Pixelis.Tools.Visual;

/// <summary>The motion of a track, measured over the frames in which the object was visible.</summary>
/// <param name="Frames">Frames of the track.</param>
/// <param name="VisibleFrames">Those in which the object was visible.</param>
/// <param name="DisplacementX">Centre in the last visible frame less that in the first, pixels to the right.</param>
/// <param name="DisplacementY">The same downwards.</param>
/// <param name="PathLength">Length of the centre's path in pixels.</param>
/// <param name="MeanSpeed">Path length a frame, in pixels.</param>
/// <param name="ScaleChange">Square root of the last visible box's area over the first's: 2 = twice as large.</param>
/// <param name="Direction">One of still, right, left, up, down, up-right, up-left, down-right, down-left.</param>
public sealed record TrackSummary(
    int Frames, int VisibleFrames, double DisplacementX, double DisplacementY, double PathLength, double MeanSpeed, double ScaleChange, string Direction)
{
    private static readonly string[] Names = ["right", "down-right", "down", "down-left", "left", "up-left", "up", "up-right"];

    /// <summary>Summarises a track.</summary>
    /// <param name="track">The frames in order of time.</param>
    public static TrackSummary Of(IReadOnlyList<TrackedFrame> track)
    {
        ArgumentNullException.ThrowIfNull(track);
        double path = 0;
        int? first = null, last = null;
        for (int i = 0; i < track.Count; i++)
        {
            if (!track[i].Visible)
                continue;
            if (last is { } previous)
                path += Distance(Centre(track[previous].Box), Centre(track[i].Box));
            first ??= i;
            last = i;
        }
        if (first is not { } from || last is not { } to)
            return new TrackSummary(track.Count, 0, 0, 0, 0, 0, 1, "still");
        (double x0, double y0) = Centre(track[from].Box);
        (double x1, double y1) = Centre(track[to].Box);
        double scale = Math.Sqrt(track[to].Box.Area / Math.Max(1.0, track[from].Box.Area));
        double size = Math.Sqrt(Math.Max(1.0, track[from].Box.Area));
        return new TrackSummary(track.Count, track.Count(f => f.Visible), x1 - x0, y1 - y0, path,
            to > from ? path / (to - from) : 0, scale, DirectionOf(x1 - x0, y1 - y0, size));
    }

    // An object that ends within a tenth of its own size of where it began has not gone anywhere.
    private static string DirectionOf(double dx, double dy, double size)
    {
        if (Math.Sqrt(dx * dx + dy * dy) < 0.1 * size)
            return "still";
        int eighth = (int)Math.Round(Math.Atan2(dy, dx) / (Math.PI / 4));
        return Names[(eighth + 8) % 8];
    }

    private static (double X, double Y) Centre(PixelRect box) => (box.X + box.Width / 2.0, box.Y + box.Height / 2.0);

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
