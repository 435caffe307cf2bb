using System.Globalization;
using Pixelis.Cli.CommandLine;
using Pixelis.Evaluation;
using Pixelis.Tools.Visual;

namespace Pixelis.Cli.Tools;

/// <summary>Scores the visual tools' backends on a folder of real data, telling each item as it is done.</summary>
internal static class ScoreRun
{
    /// <summary>What can be scored, with the folder it is read from and the file that must be there.</summary>
    public static IReadOnlyDictionary<string, string> Folders { get; } = new Dictionary<string, string>
    {
        ["segmentation"] = "segmentation", ["text"] = "ocr", ["tracking"] = "tracking",
    };

    /// <param name="data">A folder with <c>segmentation</c>, <c>ocr</c>, <c>tracking</c>, or some of them.</param>
    /// <param name="only">One of <see cref="Folders"/>; null for all that are there.</param>
    /// <param name="segmenter">What segments; null for GrabCut.</param>
    /// <param name="progress">Receives a line an item.</param>
    /// <param name="cancellation">Stops within an item.</param>
    /// <exception cref="PixelisException">The folder lacks what is to be scored.</exception>
    public static IReadOnlyList<ToolScore> Run(string data, string? only, ISegmenter? segmenter, TextWriter progress, CancellationToken cancellation)
    {
        if (!Directory.Exists(data))
            throw new PixelisException($"{data}: there is no such folder; --data names one with segmentation, ocr and tracking.");
        string[] wanted = [.. Folders.Keys.Where(kind => only is null ? Directory.Exists(Path.Combine(data, Folders[kind])) : kind == only)];
        if (wanted.Length == 0)
            throw new PixelisException($"{data}: holds none of the folders {string.Join(", ", Folders.Values)}.");
        return [.. wanted.SelectMany(kind => Score(kind, Path.Combine(data, Folders[kind]), segmenter ?? GrabCutSegmenter.Shared, progress, cancellation))];
    }

    private static IEnumerable<ToolScore> Score(string kind, string folder, ISegmenter segmenter, TextWriter progress, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            throw new PixelisException($"{folder}: there is no such folder.");
        switch (kind)
        {
            case "segmentation":
                IReadOnlyList<SegmentationItem> objects = SegmentationItem.LoadFolder(folder);
                return Told(ToolScorer.Score(segmenter, objects, cancellation), kind, objects.Count, progress, cancellation);
            case "text":
                IReadOnlyList<TextItem> texts = TextItem.LoadFolder(folder);
                return Told(Read(texts, cancellation), kind, texts.Count, progress, cancellation);
            default:
                IReadOnlyList<TrackingItem> clips = TrackingItem.LoadFolder(folder);
                return Told(ToolScorer.Score(CsrtObjectTracker.Shared, clips, new PlainCsrtTracker(), cancellation), kind, clips.Count, progress, cancellation);
        }
    }

    private static IEnumerable<ToolScore> Read(IReadOnlyList<TextItem> items, CancellationToken cancellation)
    {
        using var reader = new TesseractTextReader();
        foreach (ToolScore score in ToolScorer.Score(reader, items, cancellation))
            yield return score;
    }

    private static IEnumerable<ToolScore> Told(IEnumerable<ToolScore> scores, string kind, int count, TextWriter progress, CancellationToken cancellation)
    {
        int done = 0;
        foreach (ToolScore score in scores)
        {
            KeyValuePair<string, double> main = score.Values.First();
            progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind} {++done}/{count} {TerminalText.Clean(score.Id)}: {main.Key} {main.Value:0.000}, {score.Seconds:0.0} s"));
            yield return score;
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
