using System.Text.Json.Nodes;
using Pixelis.Agents;
using Pixelis.Serving.Tests.Support;

namespace Pixelis.Serving.Tests.Chat;

/// <summary>Episodes with tools, thoughts and earlier turns, as the client gets them.</summary>
public class EpisodeTests
{
    private const string Call = "Let me look. <tool_call>{\"name\": \"add\", \"arguments\": {\"a\": 3, \"b\": 4}}</tool_call>";

    [Fact]
    public async Task A_whole_answer_is_the_answer_and_what_led_to_it_stands_beside()
    {
        await using ServedApp app = await ServedApp.StartAsync(Adder());
        Reply reply = await app.AskAsync("What is 3 + 4?");
        Assert.Equal("7", reply.Answer);
        JsonNode choice = reply.Json["choices"]![0]!;
        Assert.Equal("Let me look. it is seven.", ((string)choice["message"]!["reasoning_content"]!).Replace("\n\n", "", StringComparison.Ordinal));
        JsonNode call = choice["pixelis"]!["tool_calls"]!.AsArray().Single()!;
        Assert.Equal("""{"name":"add","arguments":{"a":3,"b":4},"is_error":false}""", call.ToJsonString());
        Assert.Equal("stop", (string?)choice["finish_reason"]);
    }

    [Fact]
    public async Task A_stream_tells_calls_and_observations_and_never_their_text_as_content()
    {
        await using ServedApp app = await ServedApp.StartAsync(Adder());
        Reply stream = await app.AskAsync(ServedApp.Question("What is 3 + 4?", stream: true));
        JsonNode[] choices = [.. stream.Events.SkipLast(1).Select(e => JsonNode.Parse(e)!["choices"]![0]!)];
        Assert.Equal("Let me look. \n\n\\boxed{7}", string.Concat(choices.Select(c => (string?)c["delta"]!["content"])));
        Assert.Equal("it is seven.", string.Concat(choices.Select(c => (string?)c["delta"]!["reasoning_content"])));
        Assert.Equal("add", (string?)choices.Single(c => c["pixelis"]?["tool_call"] is not null)["pixelis"]!["tool_call"]!["name"]);
        Assert.Equal("7", (string?)choices.Single(c => c["pixelis"]?["observation"] is not null)["pixelis"]!["observation"]!["text"]);
        Assert.Equal("7", (string?)choices[^1]["pixelis"]!["answer"]);
        Assert.Equal("stop", (string?)choices[^1]["finish_reason"]);
    }

    [Fact]
    public async Task Instructions_and_earlier_turns_reach_the_model()
    {
        IReadOnlyList<Message> shown = [];
        var model = new ToldModel(messages =>
        {
            shown = [.. messages];
            return "fine";
        });
        await using ServedApp app = await ServedApp.StartAsync(model);
        Reply reply = await app.PostAsync("/v1/chat/completions", $$$"""
            {"model": "told", "user": "ann", "messages": [
              {"role": "developer", "content": "Be brief."}, {"role": "system", "content": [{"type": "text", "text": "Be kind."}]},
              {"role": "user", "content": [{"type": "text", "text": "Look: "}, {"type": "image_url", "image_url": {"url": "{{{Pictures.Url()}}}", "detail": "high"}}]},
              {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function", "function": {"name": "zoom", "arguments": "{\"x\": 1}"}}]},
              {"role": "tool", "tool_call_id": "1", "content": "nothing"},
              {"role": "assistant", "content": "A dog."},
              {"role": "user", "content": "Sure?"}, {"role": "user", "content": "Really?"}]}
            """);
        Assert.Equal("fine", reply.Answer);
        Assert.Equal([Role.System, Role.User, Role.Assistant, Role.Tool, Role.Assistant, Role.User], shown.Select(m => m.Role));
        Assert.Equal("Be brief.\n\nBe kind.", shown[0].Text);
        Assert.IsType<ImagePart>(shown[1].Parts[1]);
        Assert.Equal("zoom", shown[2].ToolCalls.Single().Name);
        Assert.Equal("Sure?\n\nReally?", shown[5].Text);
    }

    [Fact]
    public async Task What_a_request_sets_reaches_the_model_and_what_it_does_not_is_the_agents()
    {
        var model = new ToldModel("one two three");
        PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithGeneration(new() { Temperature = 0.3, TopK = 9, MaxNewTokens = 77 }).Build();
        await using ServedApp app = await ServedApp.StartAsync(agent);
        await app.AskAsync("a");
        Assert.Equal((0.3, 9, 77), (model.Options[0].Temperature, model.Options[0].TopK, model.Options[0].MaxNewTokens));
        await app.AskAsync(new
        {
            model = "told", temperature = 0.9, top_p = 0.5, top_k = -1, min_p = 0.1, presence_penalty = 0.2, repetition_penalty = 1.1, seed = -5, max_completion_tokens = 3,
            stop = new[] { "x", "y" }, tools = Array.Empty<object>(), response_format = new { type = "text" }, messages = new[] { new { role = "user", content = "a" } },
        });
        Generation.GenerationOptions set = model.Options[1];
        Assert.Equal((0.9, 0.5, 0, 0.1, 0.2, 1.1), (set.Temperature, set.TopP, set.TopK, set.MinP, set.PresencePenalty, set.RepetitionPenalty));
        Assert.Equal((unchecked((ulong)-5L), 3), (set.Seed, set.MaxNewTokens));
        Assert.Equal(["x", "y"], set.StopStrings);
    }

    [Fact]
    public async Task An_agent_that_decides_at_the_end_streams_its_answer_whole()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("hidden"), add: s => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IServedAgent>(
            s, p => new Voter((PixelisAgent)p.GetService(typeof(PixelisAgent))!)));
        Reply stream = await app.AskAsync(ServedApp.Question("a", stream: true));
        Assert.Equal("voted", string.Concat(stream.Events.SkipLast(1).Select(e => (string?)JsonNode.Parse(e)!["choices"]![0]!["delta"]!["content"])));
        Assert.Equal("voted", (await app.AskAsync("a")).Answer);
    }

    [Fact]
    public async Task A_model_that_fails_is_a_server_error_without_details()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel(m => m[^1].Text == "fine" ? "fine" : throw new InvalidOperationException("secret of the server")));
        Reply reply = await app.AskAsync("break");
        Assert.Equal((500, "model_failed"), (reply.Code, reply.ErrorCode));
        Assert.DoesNotContain("secret", reply.Text, StringComparison.Ordinal);
        Assert.Equal(500, (await app.AskAsync(ServedApp.Question("break", stream: true))).Code); // nothing was streamed yet
        Assert.Equal("fine", (await app.AskAsync("fine")).Answer);
    }

    [Fact]
    public async Task A_failure_in_the_middle_of_a_stream_is_an_event_and_the_stream_is_not_done()
    {
        PixelisAgent agent = PixelisAgent.Create()
            .WithModel(new ToldModel(m => m[^1].Role == Role.Tool ? throw new InvalidOperationException("secret of the server") : Call))
            .WithTool((int a, int b) => a + b, "add", "Adds two numbers.").Build();
        await using ServedApp app = await ServedApp.StartAsync(agent);
        Reply stream = await app.AskAsync(ServedApp.Question("What is 3 + 4?", stream: true));
        Assert.Equal(200, stream.Code);
        Assert.Equal("model_failed", (string?)JsonNode.Parse(stream.Events[^1])!["error"]!["code"]);
        Assert.DoesNotContain("secret", stream.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", stream.Text, StringComparison.Ordinal);
    }

    private static PixelisAgent Adder() => PixelisAgent.Create()
        .WithModel(new ToldModel(m => m[^1].Role == Role.Tool ? "<think>it is seven.</think>\\boxed{7}" : Call))
        .WithTool((int a, int b) => a + b, "add", "Adds two numbers.").Build();

    // What a vote does: it hears the model out, says nothing, and answers something else.
    private sealed class Voter(PixelisAgent agent) : IServedAgent
    {
        public string ModelName => agent.ModelName;

        public AgentSettings Settings => agent.Settings;

        public async IAsyncEnumerable<AgentEvent> StreamAsync(AgentRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            AgentAnswer answer = await agent.AskAsync(request, cancellationToken);
            yield return new AnswerEvent { Turn = 0, Answer = answer with { Text = "voted" } };
        }
    }
}
