using System.Text.Json;
using System.Text.RegularExpressions;
using Pixelis.Generation;
using Pixelis.TestKit;
using Pixelis.Tools;
using Pixelis.Trajectories;
using Xunit.Abstractions;

namespace Pixelis.Agents.Tests.Reports;

public partial class TrajectoryHtmlTests(ITestOutputHelper output)
{
    private const string Hostile = "</pre><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"><tool_call>\u202e&lt;\"'";

    [ChromiumFact("real/tracking")]
    public async Task A_page_over_real_photos_and_each_tool_opens_in_a_browser()
    {
        AgentAnswer answer = await SixToolEpisode.RunAsync();
        Assert.Equal(EndReason.Answered, answer.EndReason);
        ToolInvocation[] calls = [.. answer.Trajectory.Turns.SelectMany(t => t.Invocations)];
        Assert.Equal(
            ["SEGMENT_OBJECT_AT", "GET_PROPERTIES", "ZOOM_IN", "READ_TEXT", "SELECT_FRAMES", "SELECT_FRAMES", "TRACK_OBJECT"], calls.Select(c => c.Call.Name));
        Assert.Equal([false, false, false, false, true, false, false], calls.Select(c => c.IsError));

        using var folder = new TemporaryFolder();
        string page = folder["trajectory.html"];
        answer.Trajectory.SaveHtml(page);
        ChildResult opened = await Chromium.DumpAsync(page, folder["profile"]);
        AssertQuiet(opened.Error);
        Assert.Contains("class=\"region\"", opened.Output, StringComparison.Ordinal);
        Assert.Contains("class=\"mark\"", opened.Output, StringComparison.Ordinal);
        Assert.Contains("class=\"way\"", opened.Output, StringComparison.Ordinal);
        Assert.Contains("class=\"call failed\"", opened.Output, StringComparison.Ordinal);
        Assert.Contains("--p:", opened.Output, StringComparison.Ordinal);
        Assert.Contains("timings", opened.Output, StringComparison.Ordinal);
        AssertSelfContained(opened.Output);
        await KeepAsync(page, folder);
    }

    [ChromiumFact]
    public async Task What_models_and_tools_write_is_text_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        string page = folder["hostile.html"];
        HostileTrajectory().SaveHtml(page);
        ChildResult opened = await Chromium.DumpAsync(page, folder["profile"]);
        AssertQuiet(opened.Error);
        Assert.DoesNotContain("<script", opened.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", opened.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<title>owned", opened.Output, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", opened.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_is_escaped_everywhere_it_can_stand()
    {
        string page = HostileTrajectory().ToHtml();
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", page, StringComparison.Ordinal);
        AssertSelfContained(page);
    }

    [Fact]
    public async Task A_page_of_a_trajectory_read_from_json_says_that_it_has_no_pixels()
    {
        const string call = "<tool_call>{\"name\": \"ZOOM_IN\", \"arguments\": {\"bbox_2d\": [0, 0, 40, 40]}}</tool_call>";
        var model = new ScriptedModel(m => m.Any(x => x.Role == Role.Assistant) ? "done" : call);
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTools(t => t.ZoomIn()).Build();
        AgentAnswer answer = await agent.AskAsync("?", PixelImage.Create(64, 64, PixelFormat.Rgb24, new byte[64 * 64 * 3]));
        Assert.Single(Regex.Matches(answer.Trajectory.ToHtml(), "id=\"p1\"")); // shown twice, kept once
        string page = TrajectoryJson.Parse(TrajectoryJson.ToLine(answer.Trajectory)).ToHtml();
        Assert.Contains("pixels not kept", page, StringComparison.Ordinal);
        Assert.Contains("class=\"mark\"", page, StringComparison.Ordinal);
    }

    private static Trajectory HostileTrajectory()
    {
        var media = new NumberedVisual { Number = 1, Image = PixelImage.Create(40, 40, PixelFormat.Rgb24, new byte[4800]), SeenWidth = 40, SeenHeight = 40, Origin = Hostile };
        var invocation = new ToolInvocation
        {
            Call = new ToolCall(Hostile, JsonSerializer.SerializeToElement(new { text = Hostile })),
            ResultText = Hostile,
            ImageNumbers = [1, 99],
            Annotations =
            [
                new BoxAnnotation { Input = 1, Label = Hostile, Box = new PixelBox(1, 1, 20, 20) },
                new BoxAnnotation { Input = 1, Label = Hostile, Box = new PixelBox(double.NaN, 1, double.PositiveInfinity, 20) },
                new RegionAnnotation { Input = 1, Label = Hostile, Polygons = [[new PixelPoint(double.NaN, 1)], [], [new(1, 1), new(9, 1), new(9, 9)]] },
                new TrackAnnotation { Input = 1, Label = Hostile, FirstFrame = -5, Boxes = [null, new PixelBox(1, 1, 2, 2)] },
                new BoxAnnotation { Input = 77, Label = Hostile, Box = new PixelBox(1, 1, 20, 20) },
            ],
        };
        return new Trajectory
        {
            Id = Hostile,
            Model = Hostile,
            PolicyVersion = Hostile,
            Question = Hostile,
            EndReason = EndReason.Failed,
            Error = Hostile,
            Answer = Hostile,
            Media = [media],
            Inputs = [new TrajectoryInput { Number = 1, Hash = "", Width = 40, Height = 40, SeenWidth = 40, SeenHeight = 40, Origin = Hostile, Path = Hostile }],
            TokenIds = [1, 2],
            Provenance = [TokenProvenance.Sampled, TokenProvenance.Sampled],
            LogProbabilities = [float.NaN, float.NegativeInfinity],
            Turns =
            [
                new TrajectoryTurn { Role = Role.System, Text = Hostile },
                new TrajectoryTurn { Role = Role.User, Text = Hostile, InputNumbers = [1] },
                new TrajectoryTurn { Role = Role.Assistant, Text = Hostile, TokenCount = 2, TokenTexts = [Hostile, Hostile], Invocations = [invocation], Duration = TimeSpan.FromSeconds(1) },
                new TrajectoryTurn { Role = Role.Tool, Text = Hostile },
            ],
        };
    }

    // Chromium tells its own troubles (no D-Bus, no GPU) on the same stream; a page's lines are those of its console.
    private static void AssertQuiet(string log) => Assert.DoesNotContain(":CONSOLE", log, StringComparison.Ordinal);

    private static void AssertSelfContained(string page) =>
        Assert.All(Address().Matches(page).Select(m => m.Groups[1].Value), a => Assert.True(a.StartsWith('#') || a.StartsWith("data:image/jpeg;base64,", StringComparison.Ordinal), a));

    private async Task KeepAsync(string page, TemporaryFolder folder)
    {
        if (Environment.GetEnvironmentVariable("PIXELIS_PAGES") is not { Length: > 0 } target)
            return;
        File.Copy(page, Path.Combine(target, "trajectory.html"), overwrite: true);
        await Chromium.ScreenshotAsync(page, folder["profile"], Path.Combine(target, "trajectory.png"), 1100, 7200);
        output.WriteLine($"kept in {target}");
    }

    [GeneratedRegex("(?:src|href|action|data|srcset|poster)\\s*=\\s*\"([^\"]*)\"")]
    private static partial Regex Address();
}
