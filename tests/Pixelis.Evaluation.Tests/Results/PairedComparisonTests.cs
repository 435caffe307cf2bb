using Pixelis.Agents;
using Pixelis.Evaluation.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Evaluation.Tests.Results;

public class PairedComparisonTests
{
    internal static async Task Run(string path, Func<int, bool> isWrong, int count = 20, int offset = 0, ulong seed = 0)
    {
        await using PixelisAgent agent = Sums.Agent(Sums.Model(isWrong));
        EvaluationData data = Sums.Data(count, offset);
        using EvaluationFolder folder = EvaluationFolder.Open(path, Sums.Settings(agent, data, seed), EvaluationEnvironment.Here(4), data);
        folder.Finish(await new AgentEvaluation(agent).RunAsync(data));
    }

    [Fact]
    public async Task Results_are_compared_example_by_example()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["a"], i => i < 8); // 12 right
        await Run(folder["b"], i => i is < 1 or > 18, seed: 5); // 18 right: seven won, one lost
        PairedComparison comparison = PairedComparison.Of(folder["a"], folder["b/result.json"]);
        PairedScore all = comparison.Scores[0];
        Assert.Equal(("a", "b", 20, 7, 1), (comparison.First, comparison.Second, all.Count, all.OnlySecond, all.OnlyFirst));
        Assert.Equal(0.3, all.Difference, 1e-12);
        Assert.Equal(2 * (1 + 8) / 256.0, all.PValue, 1e-12);
        Assert.InRange(all.Interval.Low, 0, 0.3);
        Assert.InRange(all.Interval.High, 0.3, 0.6);
        Assert.Equal(["all", "even", "odd"], comparison.Scores.Select(s => s.Name));
        Assert.Equal(["seed: 0 -> 5"], comparison.Differences);
        Assert.Contains("set differently: seed: 0 -> 5", ComparisonText.Of(comparison));
        Assert.Contains("\"only_second\": 7", ComparisonText.JsonOf(comparison));
    }

    [Fact]
    public async Task Results_of_other_data_are_refused()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["a"], _ => false);
        await Run(folder["b"], _ => false, offset: 1);
        Assert.Contains("different data", Assert.Throws<PixelisException>(() => PairedComparison.Of(folder["a"], folder["b"])).Message);
    }

    [Fact]
    public async Task A_picture_that_changed_under_the_same_name_is_noticed()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["a"], _ => false);
        await Run(folder["b"], _ => false);
        string file = folder["b/predictions.jsonl"];
        string[] lines = File.ReadAllLines(file);
        lines[3] = lines[3].Replace("\"media\":[\"", "\"media\":[\"0", StringComparison.Ordinal);
        File.WriteAllText(file, string.Join('\n', lines) + "\n");
        Assert.Contains("example 'sum-3' has another question, truth or picture", Assert.Throws<PixelisException>(() => PairedComparison.Of(folder["a"], folder["b"])).Message);
    }
}
