using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual;

/// <summary>
/// GrabCut (Rother, Kolmogorov, Blake 2004) from one point. What GrabCut finds depends on the extent that it is told to assume, and
/// nobody tells it: so it runs at reduced size from several assumed extents in two colour spaces, and the candidate that the others
/// agree with most (mean intersection over union) is taken. An object's border is found from whatever extent one starts; a border
/// that comes and goes with the assumption is none. The chosen candidate, freed of its accidents by a vote of those like it, is
/// refined at up to 640 pixels a side. Without state, deterministic, one core; the answer is one connected piece that holds the point.
/// </summary>
public sealed class GrabCutSegmenter : ISegmenter
{
    private const int PolygonCorners = 128;

    /// <summary>A segmenter to share; it holds no state.</summary>
    public static GrabCutSegmenter Shared { get; } = new();

    /// <inheritdoc />
    public SegmentedObject Segment(PixelImage image, SegmentationPrompt prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(prompt);
        PixelRect? box = Validate(image, prompt);
        cancellationToken.ThrowIfCancellationRequested();
        (ObjectMask mask, double agreement, double separation) = Run(image.ToRgb(), prompt.Point, box, cancellationToken);
        // Agreement says whether the answer is stable, separation whether its colours set it apart: a stable answer
        // is worth at least half of its agreement even where object and surroundings share their colours.
        return new SegmentedObject(mask, agreement * (0.5 + 0.5 * separation), Outline(mask));
    }

    private static PixelRect? Validate(PixelImage image, SegmentationPrompt prompt)
    {
        PixelRect whole = PixelRect.Of(image);
        if (!whole.Contains(prompt.Point))
            throw new VisualArgumentException("point", $"({prompt.Point.X}, {prompt.Point.Y}) lies outside the {image.Width}x{image.Height} image; x is 0..{image.Width - 1}, y is 0..{image.Height - 1}.");
        if (prompt.Box is not { } box)
            return null;
        PixelRect part = box.Intersect(whole);
        if (part.IsEmpty)
            throw new VisualArgumentException("box", $"[{box.X}, {box.Y}, {box.Width}, {box.Height}] (x, y, width, height) holds no pixel of the {image.Width}x{image.Height} image.");
        if (!part.Contains(prompt.Point))
            throw new VisualArgumentException("point", $"({prompt.Point.X}, {prompt.Point.Y}) lies outside the box [{box.X}, {box.Y}, {box.Width}, {box.Height}] (x, y, width, height).");
        return part;
    }

    private static unsafe (ObjectMask Mask, double Agreement, double Separation) Run(
        PixelImage rgb, PixelPosition point, PixelRect? box, CancellationToken cancellationToken)
    {
        var inside = new byte[rgb.Width * rgb.Height];
        int[] cancel = GC.AllocateArray<int>(1, pinned: true);
        double* scores = stackalloc double[2];
        int* given = stackalloc int[4];
        if (box is { } b)
            (given[0], given[1], given[2], given[3]) = (b.X, b.Y, b.Width, b.Height);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => Volatile.Write(ref cancel[0], 1));
        int status;
        fixed (byte* pixels = rgb.Pixels.Span, mask = inside)
        fixed (int* flag = cancel)
            status = VisualMethods.pv_segment(pixels, rgb.Width, rgb.Height, point.X, point.Y, box is null ? null : given, flag, mask, scores);
        if (status == VisualMethods.End)
            throw new OperationCanceledException(cancellationToken);
        VisualMethods.Check(status, "Segmentation");
        return (ObjectMask.Create(rgb.Width, rgb.Height, inside), scores[0], scores[1]);
    }

    private static unsafe PixelPosition[] Outline(ObjectMask mask)
    {
        int* points = stackalloc int[2 * PolygonCorners];
        int count;
        fixed (byte* inside = mask.Inside)
            VisualMethods.Check(VisualMethods.pv_mask_polygon(inside, mask.Width, mask.Height, 1.0, points, PolygonCorners, out count), "Tracing a mask's border");
        var polygon = new PixelPosition[count];
        for (int i = 0; i < count; i++)
            polygon[i] = new PixelPosition(points[2 * i], points[2 * i + 1]);
        return polygon;
    }
}
