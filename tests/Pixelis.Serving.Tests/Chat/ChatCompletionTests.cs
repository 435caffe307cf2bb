using System.Text.Json.Nodes;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Chat;

/// <summary>Answers of a real model.</summary>
[Collection(TinyAgentCollection.Name)]
public class ChatCompletionTests(TinyAgent tiny)
{
    [Fact]
    public async Task An_answer_has_OpenAIs_form_and_the_episodes_trace()
    {
        await using ServedApp app = await ServedApp.StartAsync(tiny.Agent);
        Reply reply = await app.AskAsync(Ask("What is it?"));
        Assert.Equal(200, reply.Code);
        JsonNode choice = reply.Json["choices"]!.AsArray().Single()!;
        Assert.Equal("chat.completion", (string?)reply.Json["object"]);
        Assert.Equal("tiny", (string?)reply.Json["model"]);
        Assert.Equal("assistant", (string?)choice["message"]!["role"]);
        Assert.Equal("length", (string?)choice["finish_reason"]);
        Assert.Equal(reply.TraceId, (string?)choice["pixelis"]!["trace_id"]);
        Assert.Equal("chatcmpl-" + reply.TraceId, (string?)reply.Json["id"]);
        Assert.Equal("token_limit", (string?)choice["pixelis"]!["end_reason"]);
        JsonNode usage = reply.Json["usage"]!;
        Assert.Equal(5, (int)usage["completion_tokens"]!);
        Assert.Equal((int)usage["prompt_tokens"]! + 5, (int)usage["total_tokens"]!);
        Assert.Equal((await tiny.Agent.AskAsync(new Agents.AgentRequest("What is it?", []) { Generation = tiny.Agent.Settings.Generation with { MaxNewTokens = 5 } })).Text, reply.Answer);
    }

    [Fact]
    public async Task A_stream_says_the_same_in_pieces_and_ends_with_what_it_cost()
    {
        await using ServedApp app = await ServedApp.StartAsync(tiny.Agent);
        Reply whole = await app.AskAsync(Ask("What is it?"));
        Reply stream = await app.AskAsync(new { model = "tiny", max_tokens = 5, stream = true, stream_options = new { include_usage = true }, messages = new[] { new { role = "user", content = "What is it?" } } });
        Assert.Equal("text/event-stream; charset=utf-8", stream.Message.Content.Headers.ContentType!.ToString());
        Assert.Equal("[DONE]", stream.Events[^1]);
        JsonNode[] chunks = [.. stream.Events.SkipLast(1).Select(e => JsonNode.Parse(e)!)];
        Assert.All(chunks, c => Assert.Equal("chat.completion.chunk", (string?)c["object"]));
        Assert.Single(chunks.Select(c => (string?)c["id"]).Distinct());
        Assert.Equal("assistant", (string?)chunks[0]["choices"]![0]!["delta"]!["role"]);
        Assert.Equal(stream.TraceId, (string?)chunks[0]["choices"]![0]!["pixelis"]!["trace_id"]);
        Assert.Equal(whole.Answer, string.Concat(chunks.SkipLast(1).Select(c => (string?)c["choices"]![0]!["delta"]!["content"])));
        Assert.All(chunks.SkipLast(2), c => Assert.Null(c["choices"]![0]!["finish_reason"]));
        Assert.Equal("length", (string?)chunks[^2]["choices"]![0]!["finish_reason"]);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(whole.Json["usage"]!.ToJsonString(), chunks[^1]["usage"]!.ToJsonString());
        Assert.All(chunks.SkipLast(1), c => Assert.Null(c["usage"]));
    }

    [Fact]
    public async Task Pictures_are_seen()
    {
        await using ServedApp app = await ServedApp.StartAsync(tiny.Agent);
        Reply without = await app.AskAsync(Pictures.Question("tiny", "What is it?")), with = await app.AskAsync(Pictures.Question("tiny", "What is it?", Pictures.Url()));
        Assert.Equal(200, with.Code);
        Assert.True((int)with.Json["usage"]!["prompt_tokens"]! > (int)without.Json["usage"]!["prompt_tokens"]!);
        Reply two = await app.AskAsync(Pictures.Question("tiny", "What is it?", Pictures.Url(), Pictures.Url(84, 56)));
        Assert.True((int)two.Json["usage"]!["prompt_tokens"]! > (int)with.Json["usage"]!["prompt_tokens"]!);
    }

    [Fact]
    public async Task Seeds_temperatures_and_several_answers()
    {
        await using ServedApp app = await ServedApp.StartAsync(tiny.Agent);
        object Sampled(int seed, int n) => new { model = "tiny", max_tokens = 6, temperature = 1.5, seed, n, messages = new[] { new { role = "user", content = "What?" } } };
        Reply three = await app.AskAsync(Sampled(7, 3));
        string[] answers = [.. three.Json["choices"]!.AsArray().Select(c => (string)c!["message"]!["content"]!)];
        Assert.Equal([0, 1, 2], three.Json["choices"]!.AsArray().Select(c => (int)c!["index"]!));
        Assert.Equal(answers, (await app.AskAsync(Sampled(7, 3))).Json["choices"]!.AsArray().Select(c => (string)c!["message"]!["content"]!));
        Assert.Equal(answers[0], (await app.AskAsync(Sampled(7, 1))).Answer);
        Assert.True(answers.Distinct().Count() > 1, string.Join(" | ", answers));
        string[] traces = three.TraceId.Split(',');
        Assert.Equal(traces, three.Json["choices"]!.AsArray().Select(c => (string)c!["pixelis"]!["trace_id"]!));
        Assert.Equal(3, traces.Distinct().Count());
        Assert.Equal(18, (int)three.Json["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task The_projects_own_client_understands_the_server()
    {
        await using ServedApp app = await ServedApp.StartAsync(tiny.Agent, o => o.ApiKeys.Add("key-of-the-own-client"));
        using var client = new Agents.ChatClients.OpenAICompatibleClient(
            new Agents.ChatClients.OpenAICompatibleOptions { Endpoint = new Uri(app.Address + "/v1"), Model = "tiny", ApiKey = "key-of-the-own-client", MaxRetries = 0 });
        var options = new Microsoft.Extensions.AI.ChatOptions { MaxOutputTokens = 4, Temperature = 0 };
        var whole = await client.GetResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "Hello")], options);
        string streamed = "";
        await foreach (var update in client.GetStreamingResponseAsync([new(Microsoft.Extensions.AI.ChatRole.User, "Hello")], options))
            streamed += update.Text;
        Assert.Equal(whole.Text, streamed);
        Assert.Equal(4, whole.Usage!.OutputTokenCount);
    }

    private static object Ask(string question) => new { model = "tiny", max_tokens = 5, messages = new[] { new { role = "user", content = question } } };
}
