using System.Diagnostics;
using System.Text.Json;
using Pixelis.Online;
using Pixelis.Online.Updates;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary>Learning from a stream on the command line, with a model that has one answer: what it learns means nothing, what it keeps and how it ends do.</summary>
public sealed class TrainTtrlTests(AnsweringModel tiny) : IClassFixture<AnsweringModel>, IDisposable
{
    private const int Requests = 4;

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_stream_that_was_killed_goes_on_and_asks_nothing_twice()
    {
        WriteStream();
        ChildResult killed = await RunAsync("cut", TrainingTool.KillAt("line 2 of 4"));
        Assert.NotEqual(0, killed.ExitCode);
        ChildResult resumed = await RunAsync("cut", null);
        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("Going on after line", resumed.Output, StringComparison.Ordinal);
        Assert.Contains("versions published", resumed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("line 1 of 4", resumed.Output, StringComparison.Ordinal);
        Assert.Equal([.. Enumerable.Range(0, Requests).Select(i => $"r{i}")], Names("cut"));
        // The updates of before the kill died with the process: what they learnt from comes first.
        Assert.Contains(": queued", killed.Output, StringComparison.Ordinal);
        Assert.Contains("Learning first from", resumed.Output, StringComparison.Ordinal);
        using (ExperienceReader reader = ExperienceReader.Open(new OnlineFolder(_folder["cut"]).Experiences))
            Assert.Empty(reader.Pending());
        using (PolicyVersionStore versions = PolicyVersionStore.Read(new OnlineFolder(_folder["cut"]).Versions))
        {
            Assert.True(File.Exists(Path.Combine(versions.Serving!.WeightsFolder, "adapter_model.safetensors")));
            Assert.Equal(Requests, versions.Serving.Experiences.Count);
        }

        File.WriteAllText(_folder["stream.jsonl"], """{"id": "other", "question": "?"}""" + "\n");
        Assert.Contains("another request there", (await RunAsync("cut", null)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_keeps_the_place_and_what_was_learnt()
    {
        WriteStream();
        ChildResult stopped = await RunAsync("stopped", Interrupt("line 1 of 4"));
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("the same command goes on from there", stopped.Output, StringComparison.Ordinal);
        using JsonDocument place = JsonDocument.Parse(File.ReadAllText(_folder["stopped/stream.json"]));
        Assert.InRange(place.RootElement.GetProperty("line").GetInt32(), 1, Requests);
        Assert.Equal(Names("stopped").Length, place.RootElement.GetProperty("answered").GetInt32());
        Assert.Equal(0, (await RunAsync("stopped", null)).ExitCode);
        Assert.Equal(Requests, Names("stopped").Length);
    }

    [Fact]
    public async Task What_learnt_is_evaluated_and_what_only_remembers_has_no_version()
    {
        WriteStream();
        Assert.Equal(0, (await RunAsync("learnt", null)).ExitCode);
        ChildResult learnt = (await EvaluateAsync("learnt", "--neighbors", "3", "--episodes", "2")).Succeeded();
        Assert.Contains("4 of 4 examples", learnt.Output, StringComparison.Ordinal);
        Assert.Equal("2 episodes, 3 neighbours, weighted vote, version v000002", Answering("learnt"));
        Assert.Equal(1, Temperature("learnt"));
        Assert.Equal(Requests, Names("learnt").Length); // an evaluation is not remembered

        Assert.Equal(0, (await RunAsync("kept", null, "--mode", "remembering")).ExitCode);
        Assert.Equal(Requests, Names("kept").Length);
        (await EvaluateAsync("kept")).Succeeded();
        Assert.Equal("1 episode, 0 neighbours, majority vote, version v000001", Answering("kept"));
        Assert.Equal(0, Temperature("kept"));
    }

    [Fact]
    public async Task Whole_weights_that_learnt_are_evaluated_at_the_temperature_asked_for()
    {
        WriteStream();
        Assert.Equal(0, (await RunAsync("whole", null, "--lora-rank", "0")).ExitCode);
        ChildResult usual = (await EvaluateAsync("whole", "--episodes", "2")).Succeeded();
        Assert.Matches(@"all +4 +4 +100\.0%", usual.Output);
        Assert.Equal("2 episodes, 0 neighbours, majority vote, version v000002", Answering("whole"));
        Directory.Delete(_folder["whole-scores"], recursive: true);
        ChildResult hot = (await EvaluateAsync("whole", "--episodes", "2", "--temperature", "100000")).Succeeded(); // any token is as likely as any other
        Assert.Matches(@"all +4 +0 +0\.0%", hot.Output);
        Assert.Equal(100_000, Temperature("whole"));
        Assert.Contains("--dtype must be f32", (await EvaluateAsync("whole", "--dtype", "bf16")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_named()
    {
        Assert.Contains("there is no such file", (await Train("--requests", _folder["absent.jsonl"])).Error, StringComparison.Ordinal);
        WriteStream();
        Assert.Contains("TTRL compares", (await Train("--requests", _folder["stream.jsonl"], "--episodes", "1")).Error, StringComparison.Ordinal);
        Assert.Contains("there is no tool 'hammer'", (await Train("--requests", _folder["stream.jsonl"], "--tools", "hammer")).Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("choose of majority, weighted, ensemble", (await Train("--requests", _folder["stream.jsonl"], "--voting", "lottery")).Error, StringComparison.Ordinal);
        File.WriteAllText(_folder["broken.jsonl"], "{\"question\": 7}\n");
        ChildResult broken = await Train("--requests", _folder["broken.jsonl"], "--lora-rank", "2");
        Assert.Equal(1, broken.ExitCode);
        Assert.Contains("broken.jsonl:1: field 'question'", broken.Error, StringComparison.Ordinal);
        Assert.Contains("pixelis train ttrl --model", (await PixelisTool.RunAsync("train", "ttrl", "--help")).Output, StringComparison.Ordinal);

        Task<ChildResult> Train(params string[] more) => PixelisTool.RunAsync(["train", "ttrl", "--model", tiny.Folder, "--out", _folder["bad"], .. more]);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ChildResult> RunAsync(string run, Action<Process, string>? onLine, params string[] more) => TrainingTool.RunAsync(
        "ttrl", tiny.Folder, _folder[run], onLine,
        [
            "--requests", _folder["stream.jsonl"], "--episodes", "2", "--cold-start", "0", "--confidence", "0", "--max-new-tokens", "4", "--publish-every", "100",
            "--objective", "weighted-sft", "--neighbors", "0", "--tools", "none", .. more.Contains("--lora-rank") ? [] : (string[])["--lora-rank", "2"], .. more,
        ]);

    private Task<ChildResult> EvaluateAsync(string run, params string[] more) => PixelisTool.RunAsync(
        [
            "evaluate", "--model", tiny.Folder, "--data", _folder["questions.jsonl"], "--online", _folder[run], "--tools", "none", "--max-new-tokens", "4",
            "--out", _folder[run + "-scores"], .. more,
        ]);

    private string? Answering(string run) => SettingsOf(run).GetProperty("answering").GetString();

    private double Temperature(string run) => SettingsOf(run).GetProperty("agent").GetProperty("generation").GetProperty("temperature").GetDouble();

    private JsonElement SettingsOf(string run) => JsonDocument.Parse(File.ReadAllText(_folder[run + "-scores/result.json"])).RootElement.GetProperty("settings");

    // What was remembered, in order.
    private string[] Names(string run)
    {
        using ExperienceReader reader = ExperienceReader.Open(new OnlineFolder(_folder[run]).Experiences);
        return [.. Enumerable.Range(1, Requests * 2).Select(i => reader.Find(i)).OfType<Experience>().Select(e => e.RequestId)];
    }

    private static Action<Process, string> Interrupt(string at)
    {
        int sent = 0;
        return (process, line) =>
        {
            if (line.StartsWith(at, StringComparison.Ordinal) && Interlocked.Exchange(ref sent, 1) == 0)
                Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]).Dispose();
        };
    }

    private void WriteStream()
    {
        File.WriteAllLines(
            _folder["stream.jsonl"], Enumerable.Range(0, Requests).Select(i => $$"""{"id": "r{{i}}", "question": "What is {{i}} and one?", "images": ["{{tiny.Image}}"]}"""));
        File.WriteAllLines(
            _folder["questions.jsonl"], Enumerable.Range(0, Requests).Select(i => $$"""{"id": "q{{i}}", "question": "What is {{i}} and two?", "answer": "7", "media": [{"path": "{{tiny.Image}}"}]}"""));
    }
}
