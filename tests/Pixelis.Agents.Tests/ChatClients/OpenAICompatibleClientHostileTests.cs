using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Pixelis.Agents.ChatClients;
using Pixelis.Generation;

namespace Pixelis.Agents.Tests.ChatClients;

/// <summary>Servers that are slow, broken, or mean harm.</summary>
public class OpenAICompatibleClientHostileTests
{
    private static readonly ChatMessage[] Question = [new(ChatRole.User, "?")];

    private static OpenAICompatibleClient Client(OpenAIServer server, double timeout = 20, int retries = 3, int maxBytes = 1 << 20) => new(new OpenAICompatibleOptions
    {
        Endpoint = server.Endpoint,
        Model = "qwen",
        Timeout = TimeSpan.FromSeconds(timeout),
        MaxRetries = retries,
        RetryDelay = TimeSpan.FromMilliseconds(5),
        MaxResponseBytes = maxBytes,
    });

    [Theory]
    [InlineData("data: {\"choices\": [{\"delta\": {\"content\": \"half\"}}]}\n\n", "before saying")]
    [InlineData("", "before saying")]
    [InlineData(": a comment\nevent: ping\nid: 7\n\n", "before saying")]
    [InlineData("data: {\"choices\": [{\"delta\n\n", "not JSON")]
    [InlineData("data: {\"error\": {\"message\": \"out of memory\", \"code\": 500}}\n\n", "out of memory")]
    [InlineData("data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}]}\n\ndata: {\"error\": \"broke\"}\n\n", "broke")]
    public async Task A_stream_that_is_not_whole_is_an_error(string stream, string message)
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => Raw(context, stream));
        using OpenAICompatibleClient client = Client(server);
        var error = await Assert.ThrowsAsync<RemoteModelException>(async () => await client.GetStreamingResponseAsync(Question).ToListAsync());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"choices": 3}""")]
    [InlineData("""{"choices": [null]}""")]
    [InlineData("""{"choices": [{"delta": null, "finish_reason": 4}], "usage": []}""")]
    [InlineData("""{"choices": [{"delta": {"content": 5, "tool_calls": [null, 1, {"index": "a", "function": "b"}, {"function": {"name": 1, "arguments": {}}}]}}]}""")]
    [InlineData("""{"usage": {"prompt_tokens": "many"}}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public async Task Pieces_of_an_unexpected_form_are_passed_over(string piece)
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => Raw(context, $"data: {piece}\r\n\r\ndata:{{\"choices\":[{{\"delta\":{{\"content\":\"ok\"}},\"finish_reason\":\"stop\"}}]}}\r\n\r\ndata: [DONE]\r\n\r\n"));
        using OpenAICompatibleClient client = Client(server);
        List<ChatResponseUpdate> updates = await client.GetStreamingResponseAsync(Question).ToListAsync();
        Assert.Equal("ok", string.Concat(updates.Select(u => u.Text)));
    }

    [Theory]
    [InlineData("""{"choices": [{"message": null}]}""")]
    [InlineData("""{"choices": [null]}""")]
    [InlineData("""{"choices": [{"message": {"tool_calls": [3]}}]}""")]
    [InlineData("""{"error": {"message": "no"}}""")]
    public async Task A_whole_answer_of_an_unexpected_form_is_an_error(string answer)
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => context.Response.WriteAsync(answer));
        using OpenAICompatibleClient client = Client(server);
        await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync(Question));
    }

    [Theory]
    [InlineData(true, "x")]
    [InlineData(true, "data: {}\n")]
    [InlineData(false, "x")]
    public async Task An_answer_without_end_is_given_up_at_the_limit(bool streamed, string endless)
    {
        long sent = 0;
        await using OpenAIServer server = await OpenAIServer.StartAsync(async (_, context, _) =>
        {
            byte[] chunk = [.. Enumerable.Repeat(System.Text.Encoding.UTF8.GetBytes(endless), 4096).SelectMany(b => b)];
            for (int i = 0; i < 10_000 && !context.RequestAborted.IsCancellationRequested; i++, sent += chunk.Length)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        });
        using OpenAICompatibleClient client = Client(server, maxBytes: 200_000);
        var error = await Assert.ThrowsAsync<RemoteModelException>(async () =>
        {
            if (streamed)
                await client.GetStreamingResponseAsync(Question).ToListAsync();
            else
                await client.GetResponseAsync(Question);
        });
        Assert.Contains("200000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_without_end_is_quoted_and_left()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync(async (_, context, _) =>
        {
            context.Response.StatusCode = 400;
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[4096], context.RequestAborted);
        });
        using OpenAICompatibleClient client = Client(server);
        var error = await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync(Question));
        Assert.Equal(400, error.StatusCode);
        Assert.InRange(error.Message.Length, 10, 700);
    }

    [Fact]
    public async Task A_connection_that_breaks_in_the_middle_is_an_error_of_the_model()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync(async (_, context, _) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("data: {\"choices\": [{\"delta\": {\"content\": \"half\"}}]}\n\n");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using OpenAICompatibleClient client = Client(server, retries: 0);
        await Assert.ThrowsAsync<RemoteModelException>(async () => await client.GetStreamingResponseAsync(Question).ToListAsync());
        await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync(Question));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_time_a_busy_server_asks_for_is_waited_as_seconds_or_as_a_date(bool date)
    {
        var times = new List<long>();
        await using OpenAIServer server = await OpenAIServer.StartAsync((number, context, _) =>
        {
            times.Add(Stopwatch.GetTimestamp());
            if (number > 1)
                return OpenAIServer.Whole(context, new { role = "assistant", content = "ok" });
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = date ? DateTimeOffset.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture) : "1";
            return Task.CompletedTask;
        });
        using OpenAICompatibleClient client = Client(server);
        Assert.Equal("ok", (await client.GetResponseAsync(Question)).Text);
        Assert.InRange(Stopwatch.GetElapsedTime(times[0], times[1]).TotalSeconds, date ? 0.5 : 0.95, 60);
    }

    [Fact]
    public async Task A_server_that_asks_for_an_hour_is_not_waited_for()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "3600";
            return Task.CompletedTask;
        });
        using OpenAICompatibleClient client = Client(server);
        var error = await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync(Question));
        Assert.Equal(429, error.StatusCode);
        Assert.Contains("3600 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_of_a_stream_ends_the_request_at_the_server_too()
    {
        var aborted = new TaskCompletionSource();
        await using OpenAIServer server = await OpenAIServer.StartAsync(async (_, context, _) =>
        {
            context.RequestAborted.Register(aborted.SetResult);
            await context.Response.WriteAsync("data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}]}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(60), context.RequestAborted);
        });
        using OpenAICompatibleClient client = Client(server, timeout: 60);
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in client.GetStreamingResponseAsync(Question, cancellationToken: cancellation.Token))
                await cancellation.CancelAsync();
        });
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_stream_that_stalls_is_given_up()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync(async (_, context, _) =>
        {
            await context.Response.WriteAsync("data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}]}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(TimeSpan.FromSeconds(60), context.RequestAborted);
        });
        using OpenAICompatibleClient client = Client(server, timeout: 1);
        var error = await Assert.ThrowsAsync<RemoteModelException>(async () => await client.GetStreamingResponseAsync(Question).ToListAsync());
        Assert.Contains("did not go on within 1 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirection_is_not_followed()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) =>
        {
            context.Response.Redirect("http://127.0.0.1:9/v1/chat/completions", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        });
        using OpenAICompatibleClient client = Client(server);
        Assert.Equal(307, (await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync(Question))).StatusCode);
    }

    [Fact]
    public async Task Calls_in_parallel_come_apart_and_calls_without_id_or_index_get_one()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => OpenAIServer.Stream(
            context,
            new { tool_calls = new object[] { new { index = 0, id = "a", function = new { name = "one", arguments = "{\"x\"" } }, new { index = 1, id = "b", function = new { name = "two", arguments = "" } } } },
            new { tool_calls = new object[] { new { index = 1, function = new { arguments = "{}" } }, new { index = 0, function = new { arguments = ":1}" } } } },
            new { tool_calls = new object[] { new { index = 2, function = new { name = "three", arguments = "{broken" } } } }));
        using OpenAICompatibleClient client = Client(server);
        FunctionCallContent[] calls = [.. (await client.GetStreamingResponseAsync(Question).ToListAsync()).SelectMany(u => u.Contents).OfType<FunctionCallContent>()];
        Assert.Equal(["one", "two", "three"], calls.Select(c => c.Name));
        Assert.Equal(1, ((JsonElement)calls[0].Arguments!["x"]!).GetInt32());
        Assert.NotEmpty(calls[2].CallId);
        Assert.NotNull(calls[2].Exception);
    }

    [Fact]
    public async Task A_server_that_does_not_stream_is_understood()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => OpenAIServer.Whole(context, new { role = "assistant", content = "whole" }));
        using OpenAICompatibleClient client = Client(server);
        Assert.Equal("whole", string.Concat((await client.GetStreamingResponseAsync(Question).ToListAsync()).Select(u => u.Text)));
    }

    [Fact]
    public async Task Usage_settings_and_reasoning_travel()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => Raw(context,
            "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"hm\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\n"
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":2,\"total_tokens\":13}}\n\ndata: [DONE]\n\n"));
        using OpenAICompatibleClient client = Client(server);
        using var recorder = new Telemetry.Recorder("qwen");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(client).WithTelemetry().WithGeneration(new GenerationOptions { MinP = 0.25, RepetitionPenalty = 1.5 }).Build();
        Assert.Equal("hi", (await agent.AskAsync("?")).Text);
        Activity turn = recorder.Spans.First(s => s.OperationName.StartsWith("chat", StringComparison.Ordinal));
        Assert.Equal((11L, 2L, "openai-compatible"), (turn.GetTagItem("gen_ai.usage.input_tokens"), turn.GetTagItem("gen_ai.usage.output_tokens"), turn.GetTagItem("gen_ai.provider.name")));
        JsonElement request = server.Requests[0];
        Assert.True(request.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
        Assert.Equal(0.25, request.GetProperty("min_p").GetDouble());
        Assert.Equal(1.5, request.GetProperty("repetition_penalty").GetDouble());
    }

    [Fact]
    public async Task A_withheld_answer_is_an_error_of_the_agent()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => Raw(context, "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n\n"));
        using OpenAICompatibleClient client = Client(server);
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(client).Build();
        Assert.Contains("content filter", (await Assert.ThrowsAsync<PixelisException>(() => agent.AskAsync("?"))).Message, StringComparison.Ordinal);
    }

    private static Task Raw(HttpContext context, string text)
    {
        context.Response.ContentType = "text/event-stream";
        return context.Response.WriteAsync(text);
    }
}
