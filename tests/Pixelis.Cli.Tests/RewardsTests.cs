using System.Text.Json;
using Pixelis.Data;
using Pixelis.Rewards;
using Pixelis.TestKit;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Tests;

public sealed class RewardsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RewardsTests() => TrajectoryJson.Save(RewardProbes.SampleEpisode, Record);

    private string Record => _folder["trajectory.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Explain_tells_the_terms_step_by_step()
    {
        string text = (await PixelisTool.RunAsync("rewards", "explain", Record, "--answer", "7")).Succeeded().Output;
        Assert.Contains("trajectory.json: reward 0.92\n", text, StringComparison.Ordinal);
        string[] lines = text.Split('\n');
        int measure = Array.FindIndex(lines, l => l.Contains("GET_PROPERTIES {\"object\":\"obj1\"} -> obj1: 5400 pixels.", StringComparison.Ordinal));
        Assert.Matches(@"^ +\+0\.2  coherence: follows +SEGMENT_OBJECT_AT, then GET_PROPERTIES$", lines[measure + 1]);
        Assert.Matches(@"^ +-0\.05  tool_use: excess +call 2$", lines[measure + 2]);
        Assert.Contains(lines, l => l.TrimStart().StartsWith("+1  task", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Explain_json_holds_parts_steps_and_terms()
    {
        using var document = JsonDocument.Parse((await PixelisTool.RunAsync("rewards", "explain", Record, "--answer", "8", "--json")).Succeeded().Output);
        JsonElement episode = document.RootElement.GetProperty("episodes")[0];
        Assert.Equal(-0.08, episode.GetProperty("total").GetDouble(), 1e-9);
        Dictionary<string, double> adds = episode.GetProperty("parts").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("adds").GetDouble());
        Assert.Equal(["task", "format", "curiosity", "coherence", "tool_use"], adds.Keys);
        Assert.Equal(-0.08, adds.Values.Sum(), 1e-9);
        Assert.Equal([1, 3, 5, 7, 9], episode.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("turn").GetInt32()));
        Assert.Equal("follows", episode.GetProperty("steps")[3].GetProperty("terms")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Several_records_are_a_group_and_the_truth_may_come_from_a_dataset()
    {
        Trajectory guess = RewardProbes.SampleEpisode with { Turns = [.. RewardProbes.SampleEpisode.Turns.Where(t => t.Invocations.Count == 0 && t.Role != Role.Tool)] };
        File.WriteAllLines(_folder["guesses.jsonl"], Enumerable.Repeat(TrajectoryJson.ToLine(guess), 7));
        ExampleJsonLines.Write(_folder["data.jsonl"], [RewardProbes.SampleTask with { Question = "Another?" }, RewardProbes.SampleTask]);
        string[] line = ["rewards", "explain", Record, _folder["guesses.jsonl"], "--data", _folder["data.jsonl"], "--reward", "pixel-reasoner", "--json"];
        using var document = JsonDocument.Parse((await PixelisTool.RunAsync(line)).Succeeded().Output);
        double[] totals = [.. document.RootElement.GetProperty("episodes").EnumerateArray().Select(e => e.GetProperty("total").GetDouble())];
        Assert.Equal([1 + 0.0875 - 0.15, .. Enumerable.Repeat(1.0, 7)], totals, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public async Task Without_a_truth_the_sum_is_not_measured_but_the_steps_are()
    {
        string text = (await PixelisTool.RunAsync("rewards", "explain", Record)).Succeeded().Output;
        Assert.Contains("reward not measured", text, StringComparison.Ordinal);
        Assert.Contains("coherence: follows", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_says_which_tricks_pay()
    {
        string text = (await PixelisTool.RunAsync("rewards", "probe")).Succeeded().Output;
        Assert.Contains("\n! answer_without_looking      +0.13  ", text, StringComparison.Ordinal);
        Assert.Contains("\n  repeat_good_pair            -0.15  ", text, StringComparison.Ordinal);
        Assert.Contains("raise the reward (!):", text, StringComparison.Ordinal);
        using var document = JsonDocument.Parse((await PixelisTool.RunAsync("rewards", "probe", Record, "--answer", "7", "--group", "1", "--json")).Succeeded().Output);
        Assert.Equal(
            ["answer_without_looking", "answer_without_looking"], // alone, nobody is curious
            document.RootElement.EnumerateArray().Where(r => r.GetProperty("raises").GetBoolean()).Select(r => r.GetProperty("probe").GetString()));
    }

    [Fact]
    public async Task What_cannot_be_read_or_found_is_said_in_a_line()
    {
        File.WriteAllText(_folder["broken.json"], "{\"id\": 1}");
        File.WriteAllText(_folder["empty.json"], " \n");
        TrajectoryJson.Save(RewardProbes.SampleEpisode with { Question = "Another?" }, _folder["other.json"]);
        ExampleJsonLines.Write(_folder["data.jsonl"], [RewardProbes.SampleTask, RewardProbes.SampleTask with { Id = "second", Answer = "8" }]);
        await Fails("broken.json", "rewards", "explain", _folder["broken.json"]);
        await Fails("is empty", "rewards", "explain", _folder["empty.json"]);
        await Fails("missing.json", "rewards", "explain", _folder["missing.json"]);
        await Fails("different questions", "rewards", "explain", Record, _folder["other.json"]);
        await Fails("no example asks 'Another?'", "rewards", "explain", _folder["other.json"], "--data", _folder["data.jsonl"]);
        await Fails("name one with --example", "rewards", "explain", Record, "--data", _folder["data.jsonl"]);
        await Fails("no example 'third'", "rewards", "explain", Record, "--data", _folder["data.jsonl"], "--example", "third");
        (await PixelisTool.RunAsync("rewards", "explain", Record, "--data", _folder["data.jsonl"], "--example", "second")).Succeeded();
        await Fails("another --grader", "rewards", "probe", Record, "--answer", "7", "--grader", "box");
    }

    private static async Task Fails(string message, params string[] line)
    {
        ChildResult result = await PixelisTool.RunAsync(line);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
