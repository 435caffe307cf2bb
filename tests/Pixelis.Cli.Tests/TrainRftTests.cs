using System.Diagnostics;
using Pixelis.Data;
using Pixelis.TestKit;
using Pixelis.Training;

namespace Pixelis.Cli.Tests;

/// <summary>Reinforcement fine-tuning from the command line, on a random model: what it learns means nothing, what it writes and how it ends do.</summary>
public sealed class TrainRftTests(TinyModel tiny) : IClassFixture<TinyModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_run_that_was_killed_goes_on_as_one_that_was_not()
    {
        WriteExamples();
        Assert.Equal(0, (await RunAsync("whole", null, "--save-every", "100")).ExitCode);
        ChildResult killed = await RunAsync("cut", TrainingTool.KillAt("step-00000002"), "--save-every", "1");
        Assert.NotEqual(0, killed.ExitCode);
        ChildResult resumed = await RunAsync("cut", null, "--save-every", "1");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("Going on from", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(Numbers("whole", "length/tokens"), Numbers("cut", "length/tokens"));
        Assert.Equal(Numbers("whole", "policy/entropy"), Numbers("cut", "policy/entropy"));
        Assert.True(File.Exists(_folder["cut/last/model.safetensors"]) && File.Exists(_folder["cut/last/tokenizer.json"]) && File.Exists(_folder["cut/report.html"]));

        ChildResult other = await RunAsync("cut", null, "--save-every", "1", "--group", "3");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("rollouts.groupSize: 2 -> 3", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_saves()
    {
        WriteExamples();
        ChildResult stopped = await RunAsync("stopped", TrainingTool.InterruptAfterFirstStep(), "--steps", "500", "--save-every", "500", "--lora-rank", "4");
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("the same command goes on from there", stopped.Output, StringComparison.Ordinal);
        Assert.InRange(CheckpointStore.StepOf(new CheckpointStore(_folder["stopped"]).FindLatest()!)!.Value, 1, 499);
        Assert.True(File.Exists(_folder["stopped/last/adapter_model.safetensors"]));
    }

    [Fact]
    public async Task What_cannot_be_trained_is_named()
    {
        Assert.Contains("there is no such file", (await Train("--data", _folder["absent.jsonl"])).Error, StringComparison.Ordinal);
        File.WriteAllText(_folder["empty.jsonl"], "");
        Assert.Contains("holds no example", (await Train("--data", _folder["empty.jsonl"])).Error, StringComparison.Ordinal);
        Assert.Contains("no objective 'gropo'", (await Train("--data", "pixelbench", "--objective", "gropo")).Error, StringComparison.Ordinal);
        Assert.Contains("no reward 'points'", (await Train("--data", "pixelbench", "--reward", "points")).Error, StringComparison.Ordinal);
        Assert.Contains("PART=X was expected", (await Train("--data", "pixelbench", "--weight", "curiosity")).Error, StringComparison.Ordinal);
        Assert.Contains("There is no part 'curiositi'", (await Train("--data", "pixelbench", "--weight", "curiositi=1")).Error, StringComparison.Ordinal);
        Assert.Contains("one alone teaches nothing", (await Train("--data", "pixelbench", "--group", "1")).Error, StringComparison.Ordinal);

        Task<ChildResult> Train(params string[] more) => PixelisTool.RunAsync(["train", "rft", "--model", tiny.Folder, "--out", _folder["bad"], .. more]);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ChildResult> RunAsync(string run, Action<Process, string>? onLine, params string[] more)
    {
        string[] steps = more.Contains("--steps") ? [] : ["--steps", "4"];
        string[] group = more.Contains("--group") ? [] : ["--group", "2"];
        string[] all = ["--config", _folder["settings.json"], "--data", _folder["examples.jsonl"], "--prompts", "2", "--curiosity-module", .. steps, .. group, .. more];
        return TrainingTool.RunAsync("rft", tiny.Folder, _folder[run], onLine, all);
    }

    private double[] Numbers(string run, string name) =>
        [.. TrainingLog.Read(_folder[$"{run}/log.jsonl"]).Where(l => l.Event == "step").Select(l => l.Fields.GetProperty("numbers").GetProperty(name).GetDouble())];

    private void WriteExamples()
    {
        // Every group says something: the entropy bonus learns even where all answers are wrong.
        File.WriteAllText(_folder["settings.json"], """{ "objective": { "loss": { "entropyCoefficient": 0.01 } }, "rollouts": { "maxNewTokens": 8 } }""");
        ExampleJsonLines.Write(_folder["examples.jsonl"], Enumerable.Range(0, 3).Select(i => new Example { Id = $"e{i}", Question = $"What is {i} and {i}?", Answer = $"{2 * i}" }));
    }
}
