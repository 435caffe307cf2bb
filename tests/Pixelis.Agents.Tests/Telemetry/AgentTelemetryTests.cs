using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Pixelis.Diagnostics;

namespace Pixelis.Agents.Tests.Telemetry;

public class AgentTelemetryTests
{
    private const string Canary = "canary-4711";

    [Fact]
    public async Task An_episode_is_a_span_with_its_turns_and_tool_calls_below_it()
    {
        using var recorder = new Recorder("telemetry-tree", "tree_double");
        var model = new ScriptedModel(m => m.Any(x => x.Role == Role.Assistant) ? "\\boxed{42}" : Call("tree_double", "{\"x\": 21}")) { Name = "telemetry-tree" };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithName("counter").WithTool((int x) => 2 * x, "tree_double", "Doubles.").WithTelemetry().Build();
        AgentAnswer answer = await agent.AskAsync("21 + 21?");
        Activity[] spans = [.. recorder.Spans];
        Assert.Equal(["chat telemetry-tree", "execute_tool tree_double", "chat telemetry-tree", "invoke_agent counter"], spans.Select(s => s.DisplayName));
        Activity episode = spans[^1];
        Assert.All(spans[..^1], s => Assert.Equal(episode.SpanId, s.ParentSpanId));
        Assert.Equal("invoke_agent", episode.GetTagItem("gen_ai.operation.name"));
        Assert.Equal("pixelis", episode.GetTagItem("gen_ai.provider.name"));
        Assert.Equal("counter", episode.GetTagItem("gen_ai.agent.name"));
        Assert.Equal(answer.Trajectory.Id, episode.GetTagItem("gen_ai.conversation.id"));
        Assert.Equal("answered", episode.GetTagItem("pixelis.end_reason"));
        Assert.Equal(2, episode.GetTagItem("pixelis.turns"));
        Assert.Equal(1, episode.GetTagItem("pixelis.tool_calls"));
        Assert.Null(episode.GetTagItem("error.type"));
        Assert.Equal("tree_double", spans[1].GetTagItem("gen_ai.tool.name"));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task Tokens_and_times_are_measured()
    {
        using var recorder = new Recorder("telemetry-count", "count_tool");
        var model = new ScriptedModel(m => m.Any(x => x.Role == Role.Assistant) ? "done" : Call("count_tool", "{}")) { Name = "telemetry-count" };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTool(() => "ok", "count_tool", "Nothing.").WithTelemetry().Build();
        await agent.AskAsync("12345");
        string call = Call("count_tool", "{}");
        var tokens = recorder.Measurements.Where(m => m.Instrument == "gen_ai.client.token.usage").Select(m => (m.Tags["gen_ai.token.type"], m.Value));
        double second = 5 + call.Length + "ok".Length; // the question, the first turn, the observation: one token a character
        Assert.Equal([("input", 5), ("output", call.Length), ("input", second), ("output", 4)], tokens);
        Assert.Equal(["chat", "chat", "invoke_agent"], recorder.Measurements.Where(m => m.Instrument == "gen_ai.client.operation.duration").Select(m => m.Tags["gen_ai.operation.name"]));
        var tool = Assert.Single(recorder.Measurements, m => m.Instrument == "pixelis.tool.duration");
        Assert.InRange(tool.Value, 1e-9, 30);
        Activity episode = recorder.Spans.Last();
        Assert.Equal(5L + (long)second, episode.GetTagItem("gen_ai.usage.input_tokens"));
        Assert.Equal(call.Length + 4L, episode.GetTagItem("gen_ai.usage.output_tokens"));
    }

    [Fact]
    public async Task Failures_are_named_by_their_kind()
    {
        using var recorder = new Recorder("telemetry-errors", "throws", "refuses");
        var model = new ScriptedModel(m => m.Any(x => x.Role == Role.Assistant) ? "over" : Call("throws", "{}") + Call("refuses", "{\"x\": \"y\"}")) { Name = "telemetry-errors" };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTelemetry()
            .WithTool(string () => throw new InvalidOperationException("no"), "throws", "Throws.")
            .WithTool((int x) => x, "refuses", "Refuses.").Build();
        await agent.AskAsync("go");
        Activity[] tools = [.. recorder.Spans.Where(s => s.OperationName.StartsWith("execute_tool", StringComparison.Ordinal)).OrderBy(s => s.DisplayName)];
        Assert.Equal(["tool_error", "System.InvalidOperationException"], tools.Select(t => t.GetTagItem("error.type")));
        Assert.All(tools, t => Assert.Equal(ActivityStatusCode.Error, t.Status));
    }

    [Fact]
    public async Task A_limit_that_ends_an_episode_is_its_error_type()
    {
        using var recorder = new Recorder("telemetry-limit");
        var model = new ScriptedModel(_ => Call("nothing", "{}")) { Name = "telemetry-limit" };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithLimits(new AgentLimits { MaxTurns = 2 }).WithTelemetry().Build();
        await agent.AskAsync("go");
        Activity episode = recorder.Spans.Last();
        Assert.Equal("turn_limit", episode.GetTagItem("error.type"));
        Assert.Equal(ActivityStatusCode.Error, episode.Status);
    }

    [Fact]
    public async Task A_cancelled_turn_is_reported_and_its_span_ends()
    {
        using var recorder = new Recorder("telemetry-cancel");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(_ => new string('x', 400)) { Name = "telemetry-cancel" }).WithTelemetry().Build();
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (AgentEvent _ in agent.StreamAsync("long", cancellationToken: cancellation.Token))
                cancellation.Cancel();
        });
        Assert.Equal(["cancelled", "cancelled"], recorder.Spans.Select(s => s.GetTagItem("error.type")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_text_of_a_prompt_a_model_or_a_tool_leaves_unless_asked_for(bool record)
    {
        string name = $"telemetry-canary-{record}";
        using var recorder = new Recorder(name, "canary_throws", "canary_echo");
        string[] turns =
        [
            Call("canary_throws", $"{{\"text\": \"{Canary}\"}}") + Call("canary_echo", $"{{\"text\": \"{Canary}\"}}"),
            Call(Canary, "{}") + $"<tool_call>{Canary}</tool_call>" + Call("canary_echo", $"{{\"{Canary}\": 1}}"),
            $"\\boxed{{{Canary}}}",
        ];
        var model = new ScriptedModel(m => turns[m.Count(x => x.Role == Role.Assistant)]) { Name = name };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithSystemPrompt(Canary).WithLogging(recorder)
            .WithTool(string (string text) => throw new InvalidOperationException(text), "canary_throws", "Throws.")
            .WithTool((string text) => text, "canary_echo", "Echoes.")
            .WithTelemetry(o => o.RecordContent = record).Build();
        AgentAnswer answer = await agent.AskAsync($"Say {Canary}.", PixelImage.Create(1, 1, PixelFormat.Rgb24, [1, 2, 3]));
        Assert.Equal(Canary, answer.Text);
        await Assert.ThrowsAnyAsync<Exception>(() => agent.AskAsync(new AgentRequest(Canary, [new TextPart(Canary)])));
        Assert.True(recorder.Spans.Count >= 7, "spans were heard");
        Assert.Contains(recorder.Lines, l => l.Level == LogLevel.Warning && l.Text.Contains("canary_throws", StringComparison.Ordinal));
        Assert.Contains(recorder.Lines, l => l.Level == LogLevel.Information);
        if (!record)
        {
            Assert.DoesNotContain(Canary, recorder.Everything(), StringComparison.Ordinal);
            return;
        }
        Assert.DoesNotContain(recorder.Lines, l => l.Text.Contains(Canary, StringComparison.Ordinal));
        Activity episode = recorder.Spans.First(s => s.OperationName.StartsWith("invoke_agent", StringComparison.Ordinal));
        foreach (string tag in (string[])[PixelisTags.InputMessages, PixelisTags.OutputMessages, PixelisTags.SystemInstructions])
            Assert.Contains(Canary, Assert.IsType<string>(episode.GetTagItem(tag)), StringComparison.Ordinal);
        Activity echo = recorder.Spans.First(s => s.DisplayName == "execute_tool canary_echo");
        Assert.Contains(Canary, (string)echo.GetTagItem(PixelisTags.ToolCallArguments)!, StringComparison.Ordinal);
        Assert.Contains(Canary, (string)echo.GetTagItem(PixelisTags.ToolCallResult)!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fails_is_logged_by_kind_and_place_without_its_words()
    {
        using var recorder = new Recorder("telemetry-broken");
        var model = new ScriptedModel(_ => throw new InvalidDataException(Canary)) { Name = "telemetry-broken" };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithLogging(recorder).WithTelemetry().Build();
        var failed = await Assert.ThrowsAsync<PixelisException>(() => agent.AskAsync("go"));
        Assert.Contains(Canary, failed.Message, StringComparison.Ordinal); // the caller hears it
        var line = Assert.Single(recorder.Lines, l => l.Level == LogLevel.Error);
        Assert.Contains(typeof(InvalidDataException).FullName!, line.Text, StringComparison.Ordinal);
        Assert.Contains(nameof(ScriptedModel), line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, recorder.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_telemetry_nothing_is_reported()
    {
        using var recorder = new Recorder("telemetry-off");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(_ => "x") { Name = "telemetry-off" }).Build();
        await agent.AskAsync("?");
        Assert.Empty(recorder.Spans);
        Assert.Empty(recorder.Measurements);
    }

    private static string Call(string name, string arguments) => $"<tool_call>{{\"name\": \"{name}\", \"arguments\": {arguments}}}</tool_call>";
}
