using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Evaluation.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Evaluation.Tests.Results;

public class EvaluationFolderTests
{
    private static async Task<EvaluationReport> Run(string path, AnsweringModel model, int count = 8, ulong seed = 0, int offset = 0, CancellationTokenSource? stop = null, int stopAt = 0)
    {
        await using PixelisAgent agent = Sums.Agent(model);
        EvaluationData data = Sums.Data(count, offset);
        using EvaluationFolder folder = EvaluationFolder.Open(path, Sums.Settings(agent, data, seed), EvaluationEnvironment.Here(1), data);
        int done = 0;
        IReadOnlyList<Prediction> predictions = await new AgentEvaluation(agent).RunAsync(data, new AgentEvaluationOptions { Concurrency = 1 }, folder.Done, episode =>
        {
            folder.Add(episode.Prediction);
            if (++done == stopAt)
                stop!.Cancel();
        }, stop?.Token ?? default);
        return folder.Finish(predictions);
    }

    [Fact]
    public async Task Predictions_scores_and_settings_are_kept_together()
    {
        using var folder = new TemporaryFolder();
        EvaluationReport report = await Run(folder["run"], Sums.Model(i => i == 5));
        Assert.Equal((8, 7), (report.Scores!.All.Count, report.Scores.All.Right));
        (EvaluationReport read, IReadOnlyList<Prediction> predictions) = EvaluationFolder.Load(folder["run"]);
        Assert.True(read.IsComplete);
        Assert.Equal(report.Scores.All, read.Scores!.All);
        Assert.Equal(report.Settings.DataFingerprint, read.Settings.DataFingerprint);
        Assert.Equal("answering", read.Settings.Agent.Model);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"sum-{i}"), predictions.Select(p => p.Id));
        string text = File.ReadAllText(folder["run/report.txt"]);
        Assert.Contains("answering on sums: 8 of 8 examples", text);
        Assert.Contains("even               4      4    100.0%", text);
        Assert.Contains("tools: off", text);
    }

    [Fact]
    public async Task A_stopped_run_has_no_score_and_goes_on()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(folder["run"], Sums.Model(), stop: stop, stopAt: 3));
        Assert.DoesNotContain("\"accuracy\"", File.ReadAllText(folder["run/result.json"]));
        int kept = File.ReadAllLines(folder["run/predictions.jsonl"]).Length;
        Assert.InRange(kept, 3, 4);
        File.AppendAllText(folder["run/predictions.jsonl"], "{\"id\": \"sum-7\", \"fam"); // as a killed process leaves it
        AnsweringModel model = Sums.Model();
        EvaluationReport report = await Run(folder["run"], model);
        Assert.Equal(8 - kept, model.Turns);
        Assert.Equal(8, report.Scores!.All.Right);
        Assert.Equal(8, File.ReadAllLines(folder["run/predictions.jsonl"]).Length);
    }

    [Fact]
    public async Task A_run_with_other_settings_is_refused_with_the_differences()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["run"], Sums.Model());
        PixelisException error = await Assert.ThrowsAsync<PixelisException>(() => Run(folder["run"], Sums.Model(), seed: 4));
        Assert.Contains("seed: 0 -> 4", error.Message);
        Assert.DoesNotContain("agent.model", error.Message);
        Assert.Contains("data_fingerprint", (await Assert.ThrowsAsync<PixelisException>(() => Run(folder["run"], Sums.Model(), offset: 1))).Message);
    }

    [Fact]
    public async Task A_run_may_grow_and_not_shrink()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["run"], Sums.Model(), count: 4);
        AnsweringModel model = Sums.Model();
        Assert.Equal(6, (await Run(folder["run"], model, count: 6)).Scores!.All.Count);
        Assert.Equal(2, model.Turns);
        Assert.Contains("holds a run of 6 examples, and 4 were asked for", (await Assert.ThrowsAsync<PixelisException>(() => Run(folder["run"], Sums.Model(), count: 4))).Message);
    }

    [Fact]
    public async Task A_score_without_predictions_is_not_read()
    {
        using var folder = new TemporaryFolder();
        await Run(folder["run"], Sums.Model());
        File.Delete(folder["run/predictions.jsonl"]);
        Assert.Contains("a score without its predictions", Assert.Throws<PixelisException>(() => EvaluationFolder.Load(folder["run"])).Message);
        File.WriteAllText(folder["run/predictions.jsonl"], "");
        Assert.Contains("there are no predictions", Assert.Throws<PixelisException>(() => EvaluationFolder.Load(folder["run"])).Message);
    }

    [Theory]
    [InlineData("\"right\":false", "\"right\":true", "field 'right'")]
    [InlineData("\"turns\":1", "\"turns\":\"one\"", "field 'turns'")]
    [InlineData("\"id\":\"sum-5\"", "\"id\":\"sum-4\"", "'sum-4' occurs twice")]
    [InlineData("\"truth\":\"5\",", "", "not a prediction")]
    public async Task Predictions_that_were_changed_are_refused_by_line_and_field(string old, string changed, string message)
    {
        using var folder = new TemporaryFolder();
        await Run(folder["run"], Sums.Model(i => i == 5));
        string file = folder["run/predictions.jsonl"], text = File.ReadAllText(file);
        int line = text.IndexOf("sum-5", StringComparison.Ordinal), at = text.IndexOf(old, line - 20, StringComparison.Ordinal);
        File.WriteAllText(file, text.Remove(at, old.Length).Insert(at, changed));
        var error = Assert.Throws<DatasetFormatException>(() => EvaluationFolder.Load(folder["run"]));
        Assert.Contains(message, error.Message);
        Assert.Equal(6, error.Line);
    }

    [Fact]
    public void What_is_no_result_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("result.json", Assert.Throws<PixelisException>(() => EvaluationFolder.Load(folder.Path)).Message);
        foreach (string text in new[] { "{", "null", "{}", "[]" })
        {
            File.WriteAllText(folder["result.json"], text);
            Assert.Contains("result.json", Assert.Throws<PixelisException>(() => EvaluationFolder.Load(folder.Path)).Message);
        }
    }
}
