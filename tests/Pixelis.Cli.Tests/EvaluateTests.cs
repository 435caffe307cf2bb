using System.Text.Json;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

/// <summary><c>pixelis evaluate</c> on a model of random weights, which is never right, and on the demonstrator, which always is.</summary>
public sealed class EvaluateTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private string Questions(string name, int count, string answer = "blue", string image = "picture.png")
    {
        string file = tiny[name];
        File.WriteAllLines(file, Enumerable.Range(0, count).Select(i =>
            $$"""{"id": "q{{i}}", "question": "Which colour?", "answer": "{{answer}}", "family": "{{(i % 2 == 0 ? "even" : "odd")}}", "media": [{"path": "{{image}}"}]}"""));
        return file;
    }

    private Task<ChildResult> Evaluate(string data, string folder, params string[] more) =>
        PixelisTool.RunAsync(["evaluate", "--model", tiny.Folder, "--data", data, "--out", tiny[folder], "--max-new-tokens", "4", "--max-turns", "2", .. more]);

    [Fact]
    public async Task Results_are_kept_gone_on_with_and_compared()
    {
        string data = Questions("four.jsonl", 4);
        ChildResult first = (await Evaluate(data, "with", "--tools", "zoom_in")).Succeeded();
        Assert.Contains("4 of 4 examples", first.Output);
        Assert.Contains("tools: ZOOM_IN", first.Output);
        Assert.Matches(@"even +2 +0 +0\.0%", first.Output);
        Assert.Equal(first.Output.ReplaceLineEndings(), File.ReadAllText(tiny["with/report.txt"]).ReplaceLineEndings());
        JsonElement settings = JsonDocument.Parse(File.ReadAllText(tiny["with/result.json"])).RootElement.GetProperty("settings");
        Assert.StartsWith("sha256:", settings.GetProperty("model_fingerprint").GetString());
        Assert.Equal(4, settings.GetProperty("agent").GetProperty("generation").GetProperty("max_new_tokens").GetInt32());
        Assert.True(settings.GetProperty("agent").GetProperty("pixels").GetProperty("max_pixels").GetInt64() > 0);
        Assert.All(File.ReadAllLines(tiny["with/predictions.jsonl"]), line => Assert.Equal("blue", JsonDocument.Parse(line).RootElement.GetProperty("truth").GetString()));

        ChildResult again = (await Evaluate(data, "with", "--tools", "zoom_in")).Succeeded();
        Assert.Contains("4 examples are done", again.Error);
        Assert.Equal(first.Output, again.Output);
        ChildResult other = await Evaluate(data, "with", "--tools", "off");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("agent.tools: [\"ZOOM_IN\"] -> []", other.Error);

        (await Evaluate(data, "without", "--tools", "off")).Succeeded();
        ChildResult compared = (await PixelisTool.RunAsync("evaluate", "compare", tiny["with"], tiny["without"])).Succeeded();
        Assert.Matches(@"all +4 +0\.0% +0\.0% +\+0\.0%", compared.Output);
        Assert.Contains("set differently: agent.tools", compared.Output);

        ChildResult seeds = (await PixelisTool.RunAsync("evaluate", "seeds", tiny["with"], tiny["without"])).Succeeded();
        Assert.Matches(@"all +4 +0\.0% +0\.0% +0\.0%  0\.0%", seeds.Output);
        Assert.Contains("set differently: agent.tools", seeds.Output);
        Assert.Contains("cannot show a spread", (await PixelisTool.RunAsync("evaluate", "seeds", tiny["with"])).Error);

        (await Evaluate(Questions("others.jsonl", 4, answer: "red"), "others", "--tools", "off")).Succeeded();
        ChildResult refused = await PixelisTool.RunAsync("evaluate", "compare", tiny["without"], tiny["others"], "--json");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("different data", JsonDocument.Parse(refused.Output).RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task The_demonstrator_is_right()
    {
        ChildResult result = (await PixelisTool.RunAsync("evaluate", "--oracle", "--data", "pixelbench:validation", "--families", "spot,count", "--limit", "6", "--out", tiny["oracle"], "--json")).Succeeded();
        JsonElement report = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(1, report.GetProperty("scores").GetProperty("all").GetProperty("accuracy").GetDouble());
        Assert.Equal("pixelbench validation", report.GetProperty("settings").GetProperty("data").GetString());
    }

    [Fact]
    public async Task Examples_that_cannot_be_used_are_named_and_left_out_on_demand()
    {
        string file = Questions("broken.jsonl", 2);
        File.AppendAllText(file, "{\"id\": \"x\", \"answer\": \"1\"}\n{\"id\": \"y\", \"question\": \"?\", \"answer\": \"1\", \"media\": [{\"path\": \"gone.png\"}]}\n");
        ChildResult refused = await Evaluate(file, "broken");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("broken.jsonl:3: field 'question': is missing", refused.Error);
        ChildResult rest = (await Evaluate(file, "broken", "--skip-broken", "--tools", "off")).Succeeded();
        Assert.Contains("left out: 2 examples", rest.Output);
        Assert.Contains("example 'y', field 'media[0].path'", rest.Error);
    }

    [Theory]
    [InlineData(1, "no examples", "evaluate", "--model", "{tiny}", "--data", "{empty}")]
    [InlineData(1, "no such file", "evaluate", "--model", "{tiny}", "--data", "none.jsonl")]
    [InlineData(1, "no such folder", "evaluate", "--model", "none", "--data", "pixelbench:test")]
    [InlineData(1, "the folder of an evaluation was expected", "evaluate", "compare", "none", "none")]
    [InlineData(2, "--data is missing", "evaluate", "--model", "{tiny}")]
    [InlineData(2, "--model is missing", "evaluate", "--data", "pixelbench")]
    [InlineData(2, "no split 'exam'", "evaluate", "--model", "{tiny}", "--data", "pixelbench:exam")]
    [InlineData(2, "no family 'sing'", "evaluate", "--model", "{tiny}", "--data", "pixelbench", "--families", "spot,sing")]
    [InlineData(2, "--limit must be at least 1", "evaluate", "--model", "{tiny}", "--data", "pixelbench", "--limit", "0")]
    [InlineData(2, "--concurrency must be at least 1", "evaluate", "--model", "{tiny}", "--data", "pixelbench", "--concurrency", "0")]
    [InlineData(2, "--model has no meaning with --oracle", "evaluate", "--oracle", "--model", "{tiny}", "--data", "pixelbench")]
    [InlineData(2, "--shift must be of none, letters", "evaluate", "--model", "{tiny}", "--data", "pixelbench", "--shift", "taste")]
    [InlineData(2, "--neighbors has no meaning without --online", "evaluate", "--model", "{tiny}", "--data", "pixelbench", "--neighbors", "3")]
    [InlineData(2, "--episodes must be at least 1", "evaluate", "--model", "{tiny}", "--data", "pixelbench", "--episodes", "0")]
    [InlineData(2, "--episodes and --online need a model folder", "evaluate", "--server", "http://127.0.0.1:9", "--data", "pixelbench", "--episodes", "2")]
    [InlineData(1, "--online names the one that", "evaluate", "--model", "{tiny}", "--data", "pixelbench", "--online", "none")]
    [InlineData(1, "--online names the one that", "evaluate", "--model", "{tiny}", "--data", "pixelbench", "--online", "{tiny}")]
    [InlineData(2, "--shifted and --shift have no meaning for a file", "evaluate", "--model", "{tiny}", "--data", "{empty}", "--shifted")]
    public async Task What_cannot_be_done_is_said(int code, string message, params string[] arguments)
    {
        File.WriteAllText(tiny["empty.jsonl"], "\n");
        ChildResult result = await PixelisTool.RunAsync([.. arguments.Select(a => a.Replace("{tiny}", tiny.Folder, StringComparison.Ordinal).Replace("{empty}", tiny["empty.jsonl"], StringComparison.Ordinal))]);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(message, result.Error);
    }

    [Fact]
    public async Task A_folder_that_says_how_its_model_is_talked_to_is_followed()
    {
        string folder = tiny["spoken"];
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(tiny.Folder))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        string profile = Path.Combine(folder, "pixelis.json");
        File.WriteAllText(profile, """{"announces_tools": false, "tools": ["ZOOM_IN"], "max_new_tokens": 3, "max_turns": 2}""");
        async Task<JsonElement> Ask(params string[] more) =>
            JsonDocument.Parse((await PixelisTool.RunAsync(["ask", "--model", folder, "--image", tiny.Image, "What?", "--json", .. more])).Succeeded().Output).RootElement;
        JsonElement followed = await Ask();
        Assert.Equal(3, followed.GetProperty("newTokens").GetInt32());
        JsonElement told = await Ask("--max-new-tokens", "5", "--tools", "none");
        Assert.Equal(5, told.GetProperty("newTokens").GetInt32());
        Assert.Equal(told.GetProperty("promptTokens").GetInt32(), followed.GetProperty("promptTokens").GetInt32()); // no description of the tool

        File.WriteAllText(profile, """{"tools": ["FLY"]}""");
        ChildResult unknown = await PixelisTool.RunAsync("ask", "--model", folder, "What?");
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("pixelis.json: field 'tools': there is no tool 'FLY'", unknown.Error);
    }
}
