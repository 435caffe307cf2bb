using System.Text.Json;
using Pixelis.Models.Sam;
using Pixelis.TestKit;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Tests;

/// <summary>Asking with tools: the model is a small server that says what it is told to; everything else is real.</summary>
public sealed class AskWithToolsTests(TinyModel tiny) : IClassFixture<TinyModel>
{
    private const string Zoom = """I look closer. <tool_call>{"name": "ZOOM_IN", "arguments": {"bbox_2d": [0, 0, 42, 28]}}</tool_call>""";
    private const string Hostile = "<tool_call>{\"name\": \u001b[2J</tool_call>";

    [Fact]
    public async Task Thought_call_observation_and_answer_are_told_in_order()
    {
        await using TextServer server = TextServer.Start(Zoom, "It is \\boxed{a gradient}.");
        ChildResult result = (await AskAsync(server, "--tools", "zoom_in,read_text", "--html", tiny["page.html"], "--trajectory", tiny["record.json"])).Succeeded();
        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("I look closer. ", lines[0]);
        Assert.Equal("> ZOOM_IN {\"bbox_2d\": [0, 0, 42, 28]}", lines[1].Replace("\\u0022", "\"", StringComparison.Ordinal));
        Assert.StartsWith("< Zoomed into image 1", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("[image 2]", lines[2], StringComparison.Ordinal);
        Assert.Equal("It is \\boxed{a gradient}.", lines[3]);
        Assert.Equal("answer: a gradient", lines[4]);
        Assert.Contains("1 tool calls", result.Error, StringComparison.Ordinal);
        Assert.Contains("Zoomed into image 1", File.ReadAllText(tiny["page.html"]), StringComparison.Ordinal);
        Trajectory record = TrajectoryJson.Load(tiny["record.json"]);
        Assert.Equal("a gradient", record.Answer);
        Assert.Equal(EndReason.Answered, record.EndReason);
    }

    [Fact]
    public async Task Json_is_one_document_with_the_calls()
    {
        await using TextServer server = TextServer.Start(Zoom, "a gradient");
        using var document = JsonDocument.Parse((await AskAsync(server, "--tools", "all", "--json")).Succeeded().Output);
        JsonElement root = document.RootElement;
        Assert.Equal("a gradient", root.GetProperty("answer").GetString());
        Assert.Equal("Answered", root.GetProperty("endReason").GetString());
        JsonElement call = Assert.Single(root.GetProperty("toolCalls").EnumerateArray());
        Assert.Equal("ZOOM_IN", call.GetProperty("tool").GetString());
        Assert.False(call.GetProperty("failed").GetBoolean());
        Assert.Equal(2, call.GetProperty("images")[0].GetInt32());
    }

    [Fact]
    public async Task Segment_anything_is_what_segments_when_its_folder_is_given()
    {
        const string call = """<tool_call>{"name": "SEGMENT_OBJECT_AT", "arguments": {"point_2d": [40, 30]}}</tool_call>""";
        RandomSamModel.Write(tiny["sam"]);
        await using TextServer server = TextServer.Start(call, "done");
        using var document = JsonDocument.Parse((await AskAsync(server, "--tools", "segment_object_at", "--sam", tiny["sam"], "--tool-timeout", "100", "--json")).Succeeded().Output);
        string told = document.RootElement.GetProperty("toolCalls")[0].GetProperty("result").GetString()!;
        ChildResult alone = await PixelisTool.RunAsync("tools", "run", "segment_object_at", "-i", tiny.Image, "-a", """{"point_2d": [40, 30]}""", "--sam", tiny["sam"]);
        Assert.Equal(alone.Output.Trim(), told);

        Assert.Equal(2, (await AskAsync(server, "--tools", "zoom_in", "--sam", tiny["sam"])).ExitCode);
        ChildResult refused = await AskAsync(server, "--tools", "all", "--tool-timeout", "0");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--tool-timeout", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_model_writes_cannot_steer_the_terminal_and_an_unreadable_call_is_told()
    {
        await using TextServer server = TextServer.Start("\u001b]0;owned\u0007Hm. " + Hostile, "done");
        ChildResult result = (await AskAsync(server, "--tools", "all")).Succeeded();
        Assert.DoesNotContain('\u001b', result.Output);
        Assert.DoesNotContain('\u0007', result.Output);
        Assert.Contains("< failed: ", result.Output, StringComparison.Ordinal);
        Assert.Contains("done", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_before_the_answer_ends_with_3_and_the_record_is_kept()
    {
        await using TextServer server = TextServer.Start(Zoom);
        ChildResult result = await AskAsync(server, "--tools", "all", "--max-turns", "2", "--trajectory", tiny["limit.json"]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("--max-turns", result.Error, StringComparison.Ordinal);
        Assert.Equal(EndReason.TurnLimit, TrajectoryJson.Load(tiny["limit.json"]).EndReason);
        using var document = JsonDocument.Parse((await AskAsync(server, "--tools", "all", "--max-calls", "1", "--json")).Output);
        Assert.Equal("CallLimit", document.RootElement.GetProperty("endReason").GetString());
    }

    [Fact]
    public async Task A_local_model_runs_with_all_tools_and_writes_its_page()
    {
        ChildResult result = await PixelisTool.RunAsync(
            "ask", "-m", tiny.Folder, "-i", tiny.Image, "-i", tiny.Image, "--tools", "all", "What?", "-n", "6", "--html", tiny["local.html"], "--json");
        using var document = JsonDocument.Parse(result.Succeeded().Output);
        Assert.InRange(document.RootElement.GetProperty("newTokens").GetInt32(), 1, 6);
        Assert.Contains("--p:", File.ReadAllText(tiny["local.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pixel_reasoner_dialect_brings_its_own_tools()
    {
        await using TextServer server = TextServer.Start("<tool_call>{\"name\": \"crop_image_normalized\", \"arguments\": {\"bbox_2d\": [0.1, 0.1, 0.9, 0.9], \"target_image\": 1}}</tool_call>", "\\boxed{yes}");
        ChildResult result = (await AskAsync(server, "--tools", "all", "--dialect", "pixel-reasoner")).Succeeded();
        Assert.Contains("> crop_image_normalized", result.Output, StringComparison.Ordinal);
        Assert.Contains("[image 2]", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await AskAsync(server, "--tools", "read_text", "--dialect", "pixel-reasoner")).ExitCode);
    }

    [Theory]
    [InlineData(2, "--tools", "laser")]
    [InlineData(2, "--tools", ",")]
    [InlineData(2, "--tools", "ocr,read_text")]
    [InlineData(2, "--dialect", "klingon")]
    [InlineData(2, "--max-turns", "0")]
    [InlineData(2, "--max-calls", "-1")]
    [InlineData(2, "--timeout", "0")]
    [InlineData(2, "--server", "not an address")]
    [InlineData(1, "--html", "no/such/folder/page.html")]
    public async Task A_setting_that_cannot_work_is_refused_and_told_in_json(int code, string option, string value)
    {
        ChildResult result = await PixelisTool.RunAsync("ask", "-m", tiny.Folder, "What?", "--json", option, value);
        Assert.Equal(code, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.NotEqual("", document.RootElement.GetProperty("error").GetProperty("message").GetString());
    }

    [Fact]
    public async Task Options_of_a_local_model_are_refused_for_a_server()
    {
        ChildResult result = await PixelisTool.RunAsync("ask", "--server", "http://127.0.0.1:9/v1", "-m", "x", "What?", "--dtype", "f32");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--dtype has no meaning with --server", result.Error, StringComparison.Ordinal);
    }

    private Task<ChildResult> AskAsync(TextServer server, params string[] more) =>
        PixelisTool.RunAsync(["ask", "--server", server.Address, "--model", "scripted", "--image", tiny.Image, "What is it?", .. more]);
}
