using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual;

/// <summary>
/// GrabCut (Rother, Kolmogorov, Blake 2004) from one point. What GrabCut finds depends on the extent that it is told to assume, and
/// nobody tells it: so it runs at reduced size from several assumed extents in two colour spaces, and the candidate that the others
/// agree with most (mean intersection over union) is taken. An object's border is found from whatever extent one starts; a border
/// that comes and goes with the assumption is none. The chosen candidate, freed of its accidents by a vote of those like it, is
/// refined at up to 640 pixels a side. A region of one plain colour with clearly different surroundings needs none of that and is grown
/// from the point instead, and a point on a smooth backdrop is answered with the backdrop. Without state, deterministic, one core; the
/// answer is one connected piece that holds the point.
/// </summary>
public sealed class GrabCutSegmenter : ISegmenter
{
    /// <summary>A segmenter to share; it holds no state.</summary>
    public static GrabCutSegmenter Shared { get; } = new();

    /// <inheritdoc />
    public SegmentedObject Segment(PixelImage image, SegmentationPrompt prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(prompt);
        PixelRect? box = prompt.Check(image);
        cancellationToken.ThrowIfCancellationRequested();
        PixelImage rgb = image.ToRgb();
        if (PlainRegion.Find(rgb, prompt.Point, box) is { } plain)
            return SegmentedObject.FromMask(plain.Mask, plain.Share);
        if (box is null && SmoothBackdrop.Find(rgb, prompt.Point) is { } backdrop)
            return SegmentedObject.FromMask(backdrop.Mask, backdrop.Share);
        (ObjectMask mask, double agreement, double separation) = Run(rgb, prompt.Point, box, cancellationToken);
        // Agreement says whether the answer is stable, separation whether its colours set it apart: a stable answer
        // is worth at least half of its agreement even where object and surroundings share their colours.
        return SegmentedObject.FromMask(mask, agreement * (0.5 + 0.5 * separation));
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
}
