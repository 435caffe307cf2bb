using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Pixelis.Agents.ChatClients;

namespace Pixelis.Agents.Tests.ChatClients;

public class OpenAICompatibleClientTests
{
    private static OpenAICompatibleClient Client(OpenAIServer server, TimeSpan? timeout = null, int retries = 3) => new(new OpenAICompatibleOptions
    {
        Endpoint = server.Endpoint,
        Model = "qwen",
        ApiKey = "secret",
        Timeout = timeout ?? TimeSpan.FromSeconds(20),
        MaxRetries = retries,
        RetryDelay = TimeSpan.FromMilliseconds(10),
    });

    [Fact]
    public async Task A_whole_answer_comes_back_and_the_request_holds_what_was_asked()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => OpenAIServer.Whole(context, new { role = "assistant", content = "hello" }));
        using OpenAICompatibleClient client = Client(server);
        var image = new DataContent(new byte[] { 1, 2, 3 }, "image/png");
        ChatResponse response = await client.GetResponseAsync(
            [new ChatMessage(ChatRole.System, "be short"), new ChatMessage(ChatRole.User, [new TextContent("what?"), image])],
            new ChatOptions { MaxOutputTokens = 7, Temperature = 0.5f, StopSequences = ["END"] });
        Assert.Equal("hello", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        JsonElement request = Assert.Single(server.Requests);
        Assert.Equal("Bearer secret", server.Authorizations[0]);
        Assert.Equal("qwen", request.GetProperty("model").GetString());
        Assert.Equal(7, request.GetProperty("max_tokens").GetInt32());
        Assert.Equal("END", request.GetProperty("stop")[0].GetString());
        JsonElement parts = request.GetProperty("messages")[1].GetProperty("content");
        Assert.Equal("what?", parts[0].GetProperty("text").GetString());
        Assert.Equal("data:image/png;base64,AQID", parts[1].GetProperty("image_url").GetProperty("url").GetString());
    }

    [Fact]
    public async Task A_streamed_answer_arrives_piece_by_piece_with_its_tool_calls()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => OpenAIServer.Stream(
            context,
            new { content = "let " },
            new { content = "me" },
            new { tool_calls = new[] { new { index = 0, id = "c1", function = new { name = "zoom", arguments = "{\"x\"" } } } },
            new { tool_calls = new[] { new { index = 0, function = new { arguments = ": 3}" } } } }));
        using OpenAICompatibleClient client = Client(server);
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "?")]))
            updates.Add(update);
        Assert.Equal("let me", string.Concat(updates.Select(u => u.Text)));
        FunctionCallContent call = Assert.Single(updates.SelectMany(u => u.Contents).OfType<FunctionCallContent>());
        Assert.Equal(("c1", "zoom"), (call.CallId, call.Name));
        Assert.Equal(3, ((JsonElement)call.Arguments!["x"]!).GetInt32());
    }

    [Fact]
    public async Task What_may_pass_is_tried_again()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((number, context, _) =>
        {
            if (number >= 3)
                return OpenAIServer.Whole(context, new { role = "assistant", content = "at last" });
            context.Response.StatusCode = number == 1 ? 503 : 429;
            return Task.CompletedTask;
        });
        using OpenAICompatibleClient client = Client(server);
        Assert.Equal("at last", (await client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")])).Text);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_is_told_at_once_with_its_status_and_text()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync(async (_, context, _) =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync("no such model");
        });
        using OpenAICompatibleClient client = Client(server);
        var error = await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")]));
        Assert.Equal(400, error.StatusCode);
        Assert.Contains("no such model", error.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_server_that_keeps_silent_is_given_up()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync(async (_, context, _) => await Task.Delay(TimeSpan.FromSeconds(20), context.RequestAborted));
        using OpenAICompatibleClient client = Client(server, TimeSpan.FromMilliseconds(200), retries: 1);
        var error = await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")]));
        Assert.Contains("did not answer", error.Message);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("{\"choices\": []}")]
    [InlineData("[1]")]
    public async Task An_answer_that_is_not_the_protocol_is_an_error(string text)
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((_, context, _) => context.Response.WriteAsync(text));
        using OpenAICompatibleClient client = Client(server);
        await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")]));
    }

    [Fact]
    public async Task Nobody_listening_is_an_error_that_names_the_address()
    {
        using var client = new OpenAICompatibleClient(new OpenAICompatibleOptions { Endpoint = new Uri("http://127.0.0.1:9/v1"), Model = "m", MaxRetries = 0 });
        var error = await Assert.ThrowsAsync<RemoteModelException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")]));
        Assert.Contains("127.0.0.1:9", error.Message);
    }

    [Fact]
    public async Task An_agent_runs_on_a_remote_model_and_its_tools_are_called()
    {
        await using OpenAIServer server = await OpenAIServer.StartAsync((number, context, _) => number == 1
            ? OpenAIServer.Stream(context, new { tool_calls = new[] { new { index = 0, id = "c1", function = new { name = "add", arguments = "{\"a\": 2, \"b\": 40}" } } } })
            : OpenAIServer.Stream(context, new { content = "It is \\boxed{42}" }));
        using OpenAICompatibleClient client = Client(server);
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(client).WithTool((int a, int b) => a + b, "add", "Adds.").Build();
        AgentAnswer answer = await agent.AskAsync("2 + 40?", PixelImage.Create(1, 1, PixelFormat.Rgb24, [9, 9, 9]));
        Assert.Equal("42", answer.Text);
        Assert.Equal("42", Assert.Single(answer.Trajectory.Turns.SelectMany(t => t.Invocations)).ResultText);
        JsonElement second = server.Requests[1].GetProperty("messages");
        Assert.Equal("tool", second[2].GetProperty("role").GetString());
        Assert.Equal("c1", second[2].GetProperty("tool_call_id").GetString());
        Assert.Equal("add", server.Requests[0].GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
    }
}
