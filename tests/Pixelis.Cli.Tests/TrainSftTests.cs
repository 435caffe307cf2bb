using System.Diagnostics;
using Pixelis.Data;
using Pixelis.TestKit;
using Pixelis.Training;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Tests;

/// <summary>Runs that end as runs do: by a kill, by Ctrl-C, on a full disk.</summary>
public sealed class TrainSftTests(TinyModel tiny) : IClassFixture<TinyModel>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_run_that_was_killed_goes_on_with_the_losses_of_one_that_was_not()
    {
        WriteTraces();
        await RunAsync("whole", null, "--save-every", "100");
        double[] whole = Losses("whole");
        Assert.Equal(6, whole.Length);
        Assert.All(whole, loss => Assert.InRange(loss, 0.1, 100));

        // Killed right after, or in the middle of, writing a checkpoint; what the log has of later steps is made again.
        ChildResult killed = await RunAsync("cut", TrainingTool.KillAt("step-00000003"), "--save-every", "1");
        Assert.NotEqual(0, killed.ExitCode);
        ChildResult resumed = await RunAsync("cut", null, "--save-every", "1");
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("Going on from", resumed.Output, StringComparison.Ordinal);
        Assert.Equal(whole, Losses("cut"));
        Assert.True(File.Exists(_folder["cut/last/model.safetensors"]) && File.Exists(_folder["cut/last/tokenizer.json"]) && File.Exists(_folder["cut/report.html"]));

        ChildResult other = await RunAsync("cut", null, "--save-every", "1", "--lr", "0.01");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("optimization.learningRate: 0.0001 -> 0.01", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packing_trains_the_same_without_padding()
    {
        WriteTraces();
        await RunAsync("padded", null);
        Assert.Equal(0, (await RunAsync("packed", null, "--packing")).ExitCode);
        Assert.All(Losses("padded").Zip(Losses("packed")), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        Assert.All(TrainingLog.Read(_folder["packed/log.jsonl"]).Where(l => l.Event == "step"), l => Assert.Equal(l.Number("tokens"), l.Number("paddedTokens")));
    }

    [Fact]
    public async Task Ctrl_C_saves()
    {
        WriteTraces();
        ChildResult stopped = await RunAsync("stopped", TrainingTool.InterruptAfterFirstStep(), "--steps", "500", "--save-every", "500");
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("the same command goes on from there", stopped.Output, StringComparison.Ordinal);
        string checkpoint = new CheckpointStore(_folder["stopped"]).FindLatest()!;
        Assert.InRange(CheckpointStore.StepOf(checkpoint)!.Value, 1, 499);
    }

    [Fact]
    public async Task A_disk_that_is_full_while_saving_leaves_the_last_good_checkpoint()
    {
        WriteTraces();
        ChildResult first = await RunAsync("full", TrainingTool.KillAt("step-00000002"), "--save-every", "2");
        Assert.NotEqual(0, first.ExitCode);
        // Files of at most 4 MB: logs fit, the parameters do not. The runtime's own file for generated code must not count.
        ChildResult full = await RunAsync("full", "trap '' XFSZ; ulimit -f 4000; export DOTNET_EnableWriteXorExecute=0; ", null, "--save-every", "2");
        Assert.Equal(1, full.ExitCode);
        Assert.Contains("The checkpoint of step 4 could not be written", full.Output, StringComparison.Ordinal);
        Assert.Contains("The checkpoint of step 6 could not be written", full.Output, StringComparison.Ordinal);
        Assert.Equal("step-00000002", Path.GetFileName(new CheckpointStore(_folder["full"]).FindLatest()));
        Assert.Equal(0, (await RunAsync("full", null, "--save-every", "2")).ExitCode);
        Assert.Equal(6, Losses("full").Length);
    }

    [Fact]
    public async Task What_cannot_be_trained_on_is_named()
    {
        File.WriteAllText(_folder["empty.jsonl"], "");
        Assert.Contains("empty.jsonl holds no trace", (await Train("empty.jsonl")).Error, StringComparison.Ordinal);
        File.WriteAllText(_folder["traces.jsonl"], TraceJsonLines.ToLine(Trace(0)) + "\n{\"schema\": 3}\n");
        ChildResult broken = await Train("traces.jsonl");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("traces.jsonl", broken.Error, StringComparison.Ordinal);
        Assert.Contains("2", broken.Error, StringComparison.Ordinal);
        Assert.Contains("there is no such file", (await Train("absent.jsonl")).Error, StringComparison.Ordinal);
        Assert.Contains("no family 'spat'", (await PixelisTool.RunAsync("train", "sft", "--model", tiny.Folder, "--data", "pixelbench:spat", "--out", _folder["x"])).Error, StringComparison.Ordinal);

        Task<ChildResult> Train(string data) => PixelisTool.RunAsync("train", "sft", "--model", tiny.Folder, "--data", _folder[data], "--out", _folder["bad"]);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ChildResult> RunAsync(string run, Action<Process, string>? onLine, params string[] more) => RunAsync(run, "", onLine, more);

    private Task<ChildResult> RunAsync(string run, string before, Action<Process, string>? onLine, params string[] more)
    {
        string[] steps = more.Contains("--steps") ? [] : ["--steps", "6"];
        return TrainingTool.RunAsync("sft", tiny.Folder, _folder[run], onLine, ["--data", _folder["traces.jsonl"], "--batch", "2", .. steps, .. more], before);
    }

    private double[] Losses(string run) =>
        [.. TrainingLog.Read(_folder[$"{run}/log.jsonl"]).Where(l => l.Event == "step").Select(l => l.Number("loss")!.Value)];

    private void WriteTraces() => TraceJsonLines.Write(_folder["traces.jsonl"], Enumerable.Range(0, 10).Select(Trace));

    private static TrainingTrace Trace(int number) => new()
    {
        Example = new Example { Id = $"e{number}", Question = $"What is {number} and {number}?", Answer = $"{2 * number}" },
        Trajectory = new Trajectory
        {
            Id = $"t{number}",
            Model = "demonstrator",
            Question = $"What is {number} and {number}?",
            EndReason = EndReason.Answered,
            Answer = $"{2 * number}",
            Turns =
            [
                new TrajectoryTurn { Role = Role.User, Text = $"What is {number} and {number}?" },
                new TrajectoryTurn { Role = Role.Assistant, Text = $"It is {2 * number}." },
            ],
        },
        Loss = [true],
    };
}
