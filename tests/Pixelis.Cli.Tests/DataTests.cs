using Pixelis.Data;
using Pixelis.Imaging;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

public sealed class DataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Scenes_become_traces_that_validate_score_fuse_and_convert()
    {
        string bench = _folder["bench"], traces = _folder["traces.jsonl"], scored = _folder["scored.jsonl"], fused = _folder["fused.jsonl"];
        ChildResult made = (await PixelisTool.RunAsync("data", "generate", "pixelbench", "--split", "test", "--families", "spot,frame", "--count", "4", "--out", bench, "--sheet", _folder["sheet.png"])).Succeeded();
        Assert.Contains("4 examples", made.Output, StringComparison.Ordinal);
        Assert.Equal(3 * 456 + 8, ImageFile.Load(_folder["sheet.png"]).Width);
        Assert.Equal(4, ExampleJsonLines.Read(Path.Combine(bench, "test.jsonl")).Count());

        await PixelisTool.RunAsync("data", "cota", "--data", Path.Combine(bench, "test.jsonl"), "--out", traces, "--kinds", "positive,self_correction");
        Assert.Equal(8, TraceJsonLines.Read(traces).Count());
        Assert.Contains("8 traces checked, 0 with problems", (await PixelisTool.RunAsync("data", "validate", traces)).Succeeded().Output, StringComparison.Ordinal);

        Assert.Contains("quality 5.00", (await PixelisTool.RunAsync("data", "score", traces, "--out", scored)).Succeeded().Output, StringComparison.Ordinal);
        File.WriteAllText(_folder["manifest.json"], """{"sources": [{"path": "scored.jsonl", "kinds": ["positive"]}]}""");
        Assert.Contains("4 traces", (await PixelisTool.RunAsync("data", "fuse", _folder["manifest.json"], "--out", fused)).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("4 items", (await PixelisTool.RunAsync("data", "convert", fused, "--to", "sharegpt", "--out", _folder["s.json"])).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_pictures_are_compared_and_as_many_scenes_answered_as_asked_for()
    {
        string[] check = ["data", "generate", "pixelbench", "--split", "test", "--families", "spot,count", "--count", "8", "--check"];
        ChildResult some = (await PixelisTool.RunAsync([.. check, "--answers", "3"])).Succeeded();
        Assert.Contains("8 scenes, 0 with a picture", some.Output, StringComparison.Ordinal);
        Assert.Matches(@"spot +demonstrator with tools: 2 of 2 right \(100\.0%\)", some.Output);
        Assert.Matches(@"count +demonstrator with tools: 1 of 1 right", some.Output);
        Assert.Contains("3/8 scenes, 3 answered", some.Error, StringComparison.Ordinal);
        Assert.Contains("8/8 scenes, 3 answered", some.Error, StringComparison.Ordinal);
        Assert.Matches(@"spot +demonstrator with tools: 4 of 4 right", (await PixelisTool.RunAsync(check)).Succeeded().Output);
        Assert.DoesNotContain("demonstrator", (await PixelisTool.RunAsync([.. check, "--answers", "0"])).Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--shifted has no meaning for grounding", "grounding", "--shifted", "--sheet")]
    [InlineData("--shift has no meaning for grounding", "grounding", "--shift", "noise", "--sheet")]
    [InlineData("--check has no meaning for grounding", "grounding", "--check", "--sheet")]
    [InlineData("--answers has no meaning without --check", "pixelbench", "--answers", "3", "--sheet")]
    [InlineData("--answers must be at least 0", "pixelbench", "--check", "--answers", "-1", "--sheet")]
    public async Task What_would_do_nothing_is_refused(string message, params string[] arguments)
    {
        ChildResult refused = await PixelisTool.RunAsync(["data", "generate", .. arguments, _folder["sheet.png"], "--count", "1"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["sheet.png"]));
    }

    [Fact]
    public async Task A_changed_observation_and_a_broken_line_are_told_and_the_exit_code_says_so()
    {
        TrainingTrace trace = new GroundingGenerator().Create(GroundingTask.Glyph, 1, 0);
        string file = _folder["t.jsonl"];
        File.WriteAllLines(file, ["{", TraceJsonLines.ToLine(trace with { Provenance = "" })]);
        ChildResult refused = await PixelisTool.RunAsync("data", "validate", file, "--no-replay");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("t.jsonl:1:", refused.Error, StringComparison.Ordinal);
        ChildResult told = await PixelisTool.RunAsync("data", "validate", file, "--no-replay", "--skip-broken");
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("field 'provenance'", told.Output, StringComparison.Ordinal);
        Assert.Contains("1 lines not read", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_names_and_empty_datasets_are_refused_in_a_sentence()
    {
        ChildResult family = await PixelisTool.RunAsync("data", "generate", "pixelbench", "--families", "spots", "--sheet", _folder["s.png"]);
        Assert.Equal(2, family.ExitCode);
        Assert.Contains("'spots' is none of them", family.Error, StringComparison.Ordinal);
        File.WriteAllText(_folder["empty.jsonl"], "");
        ChildResult empty = await PixelisTool.RunAsync("data", "validate", _folder["empty.jsonl"]);
        Assert.Equal(1, empty.ExitCode);
        Assert.Contains("holds no traces", empty.Error, StringComparison.Ordinal);
    }
}
