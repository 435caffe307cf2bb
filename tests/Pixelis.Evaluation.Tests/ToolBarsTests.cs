using Pixelis.TestKit;
using Pixelis.Tools.Visual;
using Xunit.Abstractions;

namespace Pixelis.Evaluation.Tests;

/// <summary>The quality that the visual tools must not fall below, on real data with ground truth.</summary>
public class ToolBarsTests(ITestOutputHelper output)
{
    [SharedFact("real/segmentation")]
    public void Objects_are_cut_out_from_one_point()
    {
        ToolScore[] scores = [.. ToolScorer.Score(GrabCutSegmenter.Shared, SegmentationItem.LoadFolder(SharedData.RequirePath("real/segmentation")))];
        Report("segmentation", scores);
        Assert.True(ToolScorer.Mean(scores)["IoU"] >= 0.92);
    }

    [SharedFact("real/ocr")]
    public void Documents_and_words_are_read()
    {
        using var reader = new TesseractTextReader();
        ToolScore[] scores = [.. ToolScorer.Score(reader, TextItem.LoadFolder(SharedData.RequirePath("real/ocr")))];
        Report("ocr", scores);
        IReadOnlyDictionary<string, double> documents = ToolScorer.Mean(scores.Where(s => s.Group == "documents"));
        Assert.True(documents["CER"] <= 0.04);
        Assert.True(documents["word recall"] >= 0.96);
        Assert.True(ToolScorer.Mean(scores.Where(s => s.Group == "words"))["CER"] <= 0.45);
    }

    [SharedFact("real/tracking")]
    public void Objects_are_followed()
    {
        ToolScore[] scores = [.. ToolScorer.Score(CsrtObjectTracker.Shared, TrackingItem.LoadFolder(SharedData.RequirePath("real/tracking")), new PlainCsrtTracker())];
        Report("tracking", scores);
        IReadOnlyDictionary<string, double> mean = ToolScorer.Mean(scores);
        Assert.True(mean["IoU"] >= 0.58);
        Assert.True(mean["success"] >= 0.65);
    }

    private void Report(string name, ToolScore[] scores)
    {
        string table = ToolScorer.Table(scores);
        output.WriteLine(table);
        if (Environment.GetEnvironmentVariable("PIXELIS_TABLES") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, name + ".md"), table);
    }
}
