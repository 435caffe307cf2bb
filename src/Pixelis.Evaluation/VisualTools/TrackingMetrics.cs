namespace Pixelis.Evaluation;

/// <summary>How well a track fits the true boxes, over the frames that count.</summary>
/// <param name="MeanIou">Mean intersection over union.</param>
/// <param name="Success">Share of frames with an intersection over union of at least 0.5.</param>
/// <param name="Auc">Mean share of frames above the 21 thresholds 0, 0.05, ..., 1.</param>
/// <param name="Precision20">Share of frames with a centre error of at most 20 pixels.</param>
public sealed record TrackingMetrics(double MeanIou, double Success, double Auc, double Precision20)
{
    /// <summary>Scores boxes against true ones.</summary>
    /// <param name="found">Boxes as (x, y, width, height).</param>
    /// <param name="truth">True boxes, one for each found.</param>
    public static TrackingMetrics Of(IReadOnlyList<(double X, double Y, double Width, double Height)> found, IReadOnlyList<(double X, double Y, double Width, double Height)> truth)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(truth);
        if (found.Count != truth.Count || found.Count == 0)
            throw new ArgumentException($"As many found as true boxes are needed, and at least one, not {found.Count} and {truth.Count}.", nameof(found));
        double[] overlaps = [.. found.Zip(truth, Iou)];
        double auc = Enumerable.Range(0, 21).Average(i => overlaps.Count(o => o > i * 0.05) / (double)overlaps.Length);
        double near = found.Zip(truth, (a, b) => CentreDistance(a, b) <= 20 ? 1.0 : 0.0).Average();
        return new TrackingMetrics(overlaps.Average(), overlaps.Average(o => o >= 0.5 ? 1.0 : 0.0), auc, near);
    }

    /// <summary>Intersection over union of two boxes (x, y, width, height).</summary>
    public static double Iou((double X, double Y, double Width, double Height) a, (double X, double Y, double Width, double Height) b)
    {
        double width = Math.Min(a.X + a.Width, b.X + b.Width) - Math.Max(a.X, b.X), height = Math.Min(a.Y + a.Height, b.Y + b.Height) - Math.Max(a.Y, b.Y);
        double both = Math.Max(0, width) * Math.Max(0, height), any = a.Width * a.Height + b.Width * b.Height - both;
        return any <= 0 ? 0 : both / any;
    }

    private static double CentreDistance((double X, double Y, double Width, double Height) a, (double X, double Y, double Width, double Height) b)
    {
        double dx = a.X + a.Width / 2 - b.X - b.Width / 2, dy = a.Y + a.Height / 2 - b.Y - b.Height / 2;
        return Math.Sqrt(dx * dx + dy * dy);
    }
}
