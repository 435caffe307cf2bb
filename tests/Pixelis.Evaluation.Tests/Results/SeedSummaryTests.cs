using Pixelis.TestKit;
using static Pixelis.Evaluation.Tests.Results.PairedComparisonTests;

namespace Pixelis.Evaluation.Tests.Results;

public class SeedSummaryTests
{
    [Fact]
    public async Task Accuracies_of_several_models_become_mean_and_deviation()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["a"], i => i < 10); // 10, 12 and 17 of 20 right
        await Run(folder["b"], i => i < 8);
        await Run(folder["c"], i => i < 3, seed: 9);
        SeedSummary summary = SeedSummary.Of([folder["a"], folder["b"], folder["c/result.json"]]);
        SeedScore all = summary.Scores[^1];
        Assert.Equal(["even", "odd", "all"], summary.Scores.Select(s => s.Name));
        Assert.Equal([0.5, 0.6, 0.85], all.Accuracies);
        Assert.Equal(0.65, all.Mean, 1e-12);
        Assert.Equal(Math.Sqrt((0.15 * 0.15 + 0.05 * 0.05 + 0.2 * 0.2) / 2), all.Deviation, 1e-12);
        Assert.Equal(["seed: 0 -> 9"], summary.Differences);
        string text = SeedText.Of(summary);
        Assert.Contains("3 results on", text);
        Assert.Matches(@"all +20 +65\.0% +18\.0% +50\.0%  60\.0%  85\.0%", text);
        Assert.Contains("\"mean\": 0.65", SeedText.JsonOf(summary));
    }

    [Fact]
    public async Task A_single_result_and_results_of_other_examples_are_refused()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["a"], _ => false);
        await Run(folder["b"], _ => false, offset: 1);
        await Run(folder["c"], _ => false, count: 10);
        Assert.Contains("cannot show a spread", Assert.Throws<PixelisException>(() => SeedSummary.Of([folder["a"]])).Message);
        Assert.Contains("not of the same examples", Assert.Throws<PixelisException>(() => SeedSummary.Of([folder["a"], folder["b"]])).Message);
        Assert.Contains("not of the same examples", Assert.Throws<PixelisException>(() => SeedSummary.Of([folder["a"], folder["c"]])).Message);
    }
}
