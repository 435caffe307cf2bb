using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pixelis.Imaging;
using Pixelis.Tools.Visual;

namespace Pixelis.Evaluation;

/// <summary>Scores the backends of the visual tools on folders of real data: <c>segmentation</c>, <c>ocr</c>, <c>tracking</c>.</summary>
public static class ToolScorer
{
    /// <summary>Segments every object from its one point. Items are scored as they are asked for.</summary>
    public static IEnumerable<ToolScore> Score(ISegmenter segmenter, IEnumerable<SegmentationItem> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(items);
        foreach (SegmentationItem item in items)
        {
            PixelImage image = ImageFile.Load(item.ImagePath);
            (ObjectMask truth, ObjectMask undecided) = item.LoadMasks();
            var clock = Stopwatch.StartNew();
            SegmentedObject found = segmenter.Segment(image, new SegmentationPrompt(item.Point), cancellationToken);
            yield return new ToolScore(item.Id, "objects", new Dictionary<string, double>
            {
                ["IoU"] = SegmentationMetrics.Iou(found.Mask, truth, undecided),
                ["border F1"] = SegmentationMetrics.BoundaryF1(found.Mask, truth),
                ["confidence"] = found.Confidence,
            }, clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Reads every picture with default options. Items are scored as they are asked for.</summary>
    public static IEnumerable<ToolScore> Score(ITextReader reader, IEnumerable<TextItem> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(items);
        foreach (TextItem item in items)
        {
            PixelImage image = ImageFile.Load(item.ImagePath);
            var clock = Stopwatch.StartNew();
            string text = reader.Read(image, cancellationToken: cancellationToken).Text;
            yield return new ToolScore(item.Id, item.IsWord ? "words" : "documents", new Dictionary<string, double>
            {
                ["CER"] = TextMetrics.CharacterErrorRate(text, item.Expected),
                ["CER loose"] = TextMetrics.LooseErrorRate(text, item.Expected),
                ["word recall"] = TextMetrics.WordRecall(text, item.Expected),
            }, clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>
    /// Follows every object from its first frame; scored from the second frame on, where it is at least half visible. Items are scored
    /// as they are asked for.
    /// </summary>
    /// <param name="tracker">The tracker.</param>
    /// <param name="items">The clips.</param>
    /// <param name="baseline">
    /// A tracker to follow every clip with as well, right after the other one: adds its figures, and <c>speed</c>, the tracker's frames per
    /// second as a share of the baseline's. Null for none.
    /// </param>
    /// <param name="cancellationToken">Stops between frames.</param>
    public static IEnumerable<ToolScore> Score(
        IObjectTracker tracker, IEnumerable<TrackingItem> items, IObjectTracker? baseline = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(items);
        foreach (TrackingItem item in items)
        {
            PixelImage[] frames = [.. item.FramePaths.Select(path => ImageFile.Load(path))];
            (TrackingMetrics metrics, int lost, double seconds) = Follow(tracker, item, frames, cancellationToken);
            double rate = (frames.Length - 1) / seconds;
            var values = new Dictionary<string, double>
            {
                ["IoU"] = metrics.MeanIou,
                ["success"] = metrics.Success,
                ["AUC"] = metrics.Auc,
                ["P20"] = metrics.Precision20,
                ["lost"] = lost,
                ["frames/s"] = rate,
            };
            if (baseline is not null)
            {
                (TrackingMetrics plain, _, double plainSeconds) = Follow(baseline, item, frames, cancellationToken);
                values["baseline IoU"] = plain.MeanIou;
                values["baseline success"] = plain.Success;
                values["baseline frames/s"] = (frames.Length - 1) / plainSeconds;
                values["speed"] = plainSeconds / seconds;
            }
            yield return new ToolScore(item.Id, "tracks", values, seconds);
        }
    }

    private static (TrackingMetrics Metrics, int Lost, double Seconds) Follow(
        IObjectTracker tracker, TrackingItem item, PixelImage[] frames, CancellationToken cancellationToken)
    {
        (double x, double y, double width, double height) = item.Truth[0];
        var first = new PixelRect((int)Math.Round(x), (int)Math.Round(y), (int)Math.Round(width), (int)Math.Round(height));
        var clock = Stopwatch.StartNew();
        IReadOnlyList<TrackedFrame> track = tracker.Track(frames, first, cancellationToken);
        double seconds = clock.Elapsed.TotalSeconds;
        int[] counted = [.. Enumerable.Range(1, frames.Length - 1).Where(i => item.VisibleShare[i] >= 0.5)];
        return (TrackingMetrics.Of([.. counted.Select(i => Plain(track[i].Box))], [.. counted.Select(i => item.Truth[i])]), track.Count(f => !f.Visible), seconds);
    }

    /// <summary>Means of each column over a group's items.</summary>
    public static IReadOnlyDictionary<string, double> Mean(IEnumerable<ToolScore> scores)
    {
        ToolScore[] all = [.. scores];
        return all.Length == 0 ? new Dictionary<string, double>() : all[0].Values.Keys.ToDictionary(k => k, k => all.Average(s => s.Values[k]));
    }

    /// <summary>The scores as a Markdown table, one for each group, each with its mean.</summary>
    public static string Table(IEnumerable<ToolScore> scores)
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, ToolScore> group in scores.GroupBy(s => s.Group))
        {
            string[] columns = [.. group.First().Values.Keys];
            text.Append(CultureInfo.InvariantCulture, $"| {group.Key} | {string.Join(" | ", columns)} | s |\n|---|{string.Concat(columns.Select(_ => "---|"))}---|\n");
            foreach (ToolScore score in group)
                AppendRow(text, score.Id, columns.Select(c => score.Values[c]), score.Seconds);
            IReadOnlyDictionary<string, double> mean = Mean(group);
            AppendRow(text, "**mean**", columns.Select(c => mean[c]), group.Average(s => s.Seconds));
            text.Append('\n');
        }
        return text.ToString();
    }

    private static (double, double, double, double) Plain(PixelRect box) => (box.X, box.Y, box.Width, box.Height);

    private static void AppendRow(StringBuilder text, string name, IEnumerable<double> values, double seconds) => text.Append(
        CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", values.Select(v => v.ToString(v >= 10 ? "0.0" : "0.000", CultureInfo.InvariantCulture)))} | {seconds:0.00} |\n");
}
