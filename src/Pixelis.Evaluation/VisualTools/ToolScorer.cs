using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pixelis.Imaging;
using Pixelis.Tools.Visual;

namespace Pixelis.Evaluation;

/// <summary>Scores the backends of the visual tools on folders of real data: <c>segmentation</c>, <c>ocr</c>, <c>tracking</c>.</summary>
public static class ToolScorer
{
    /// <summary>Segments every object from its one point.</summary>
    public static IEnumerable<ToolScore> Score(ISegmenter segmenter, IEnumerable<SegmentationItem> items)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(items);
        foreach (SegmentationItem item in items)
        {
            PixelImage image = ImageFile.Load(item.ImagePath);
            (ObjectMask truth, ObjectMask undecided) = item.LoadMasks();
            var clock = Stopwatch.StartNew();
            SegmentedObject found = segmenter.Segment(image, new SegmentationPrompt(item.Point));
            yield return new ToolScore(item.Id, "objects", new Dictionary<string, double>
            {
                ["IoU"] = SegmentationMetrics.Iou(found.Mask, truth, undecided),
                ["border F1"] = SegmentationMetrics.BoundaryF1(found.Mask, truth),
                ["confidence"] = found.Confidence,
            }, clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Reads every picture with default options.</summary>
    public static IEnumerable<ToolScore> Score(ITextReader reader, IEnumerable<TextItem> items)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(items);
        foreach (TextItem item in items)
        {
            PixelImage image = ImageFile.Load(item.ImagePath);
            var clock = Stopwatch.StartNew();
            string text = reader.Read(image).Text;
            yield return new ToolScore(item.Id, item.IsWord ? "words" : "documents", new Dictionary<string, double>
            {
                ["CER"] = TextMetrics.CharacterErrorRate(text, item.Expected),
                ["CER loose"] = TextMetrics.LooseErrorRate(text, item.Expected),
                ["word recall"] = TextMetrics.WordRecall(text, item.Expected),
            }, clock.Elapsed.TotalSeconds);
        }
    }

    /// <summary>Follows every object from its first frame; scored from the second frame on, where it is at least half visible.</summary>
    public static IEnumerable<ToolScore> Score(IObjectTracker tracker, IEnumerable<TrackingItem> items)
    {
        ArgumentNullException.ThrowIfNull(tracker);
        ArgumentNullException.ThrowIfNull(items);
        foreach (TrackingItem item in items)
        {
            PixelImage[] frames = [.. item.FramePaths.Select(path => ImageFile.Load(path))];
            (double x, double y, double width, double height) = item.Truth[0];
            var first = new PixelRect((int)Math.Round(x), (int)Math.Round(y), (int)Math.Round(width), (int)Math.Round(height));
            var clock = Stopwatch.StartNew();
            IReadOnlyList<TrackedFrame> track = tracker.Track(frames, first);
            double seconds = clock.Elapsed.TotalSeconds;
            int[] counted = [.. Enumerable.Range(1, frames.Length - 1).Where(i => item.VisibleShare[i] >= 0.5)];
            TrackingMetrics metrics = TrackingMetrics.Of([.. counted.Select(i => Plain(track[i].Box))], [.. counted.Select(i => item.Truth[i])]);
            yield return new ToolScore(item.Id, "tracks", new Dictionary<string, double>
            {
                ["IoU"] = metrics.MeanIou,
                ["success"] = metrics.Success,
                ["AUC"] = metrics.Auc,
                ["P20"] = metrics.Precision20,
                ["lost"] = track.Count(f => !f.Visible),
                ["frames/s"] = (frames.Length - 1) / seconds,
            }, seconds);
        }
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
