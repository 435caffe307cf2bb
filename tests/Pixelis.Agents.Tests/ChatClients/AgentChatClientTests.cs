using Microsoft.Extensions.AI;
using Pixelis.Generation;
using Pixelis.Imaging;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Tests.ChatClients;

public class AgentChatClientTests
{
    private const string Call = "Let me add. <tool_call>{\"name\": \"add\", \"arguments\": {\"a\": 2, \"b\": 40}}</tool_call>";

    private static readonly PixelImage Pixel = PixelImage.Create(1, 1, PixelFormat.Rgb24, [9, 8, 7]);

    private static DataContent Png => new(OpenCvImageCodec.Shared.Encode(Pixel, ImageFileFormat.Png), "image/png");

    private static ScriptedModel Adder() => new(m => m.Any(x => x.Role == Role.Tool) ? "So it is \\boxed{42}" : Call);

    private static PixelisAgent Agent(ScriptedModel model) =>
        PixelisAgent.Create().WithModel(model).WithSystemPrompt("own").WithTool((int a, int b) => a + b, "add", "Adds.").Build();

    [Fact]
    public async Task A_response_is_the_answer_with_the_calls_on_the_way_and_the_trajectory()
    {
        await using PixelisAgent agent = Agent(Adder());
        using IChatClient client = agent.AsChatClient();
        ChatResponse response = await client.GetResponseAsync("2 + 40?");
        Assert.Equal("42", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(m => m.Role));
        FunctionCallContent call = Assert.Single(response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>());
        Assert.True(call.InformationalOnly);
        FunctionResultContent result = Assert.Single(response.Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>());
        Assert.Equal((call.CallId, "42"), (result.CallId, result.Result));
        var answer = Assert.IsType<AgentAnswer>(response.RawRepresentation);
        Assert.Same(answer.Trajectory, response.AdditionalProperties![PixelisAgentChatClientExtensions.TrajectoryProperty]);
        TrajectoryTurn[] turns = [.. answer.Trajectory.Turns.Where(t => t.Role == Role.Assistant)];
        Assert.Equal(turns.Sum(t => (long)t.TokenStart), response.Usage!.InputTokenCount);
        Assert.Equal(turns.Sum(t => (long)t.TokenCount), response.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task A_stream_brings_text_without_calls_then_calls_results_usage_and_the_end()
    {
        await using PixelisAgent agent = Agent(Adder());
        List<ChatResponseUpdate> updates = await agent.AsChatClient().GetStreamingResponseAsync("2 + 40?").ToListAsync();
        Assert.Equal("Let me add. So it is \\boxed{42}", string.Concat(updates.Select(u => u.Text)));
        Assert.True(updates.Count(u => u.Text.Length > 0) > 10, "the text came in pieces");
        int call = updates.FindIndex(u => u.Contents.OfType<FunctionCallContent>().Any()), result = updates.FindIndex(u => u.Contents.OfType<FunctionResultContent>().Any());
        Assert.InRange(call, 1, result - 1);
        Assert.Equal(ChatFinishReason.Stop, updates[^1].FinishReason);
        Assert.Equal("42", Assert.IsType<AgentAnswer>(updates[^1].RawRepresentation).Text);
        ChatResponse whole = updates.ToChatResponse();
        Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], whole.Messages.Select(m => m.Role));
        Assert.IsType<Trajectory>(whole.Messages[^1].AdditionalProperties![PixelisAgentChatClientExtensions.TrajectoryProperty]);
        Assert.True(whole.Usage!.OutputTokenCount > 30);
    }

    [Fact]
    public async Task In_a_pipeline_that_invokes_functions_the_agents_own_calls_are_left_alone()
    {
        ScriptedModel model = Adder();
        await using PixelisAgent agent = Agent(model);
        using IChatClient client = agent.AsChatClient().AsBuilder().UseFunctionInvocation().UseOpenTelemetry().UseLogging(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance).Build();
        ChatResponse response = await client.GetResponseAsync("2 + 40?");
        Assert.Equal("42", response.Text);
        Assert.Equal(2, model.Shown.Count);
        Assert.Equal("42", (await client.GetStreamingResponseAsync("2 + 40?").ToListAsync()).Select(u => u.RawRepresentation).OfType<AgentAnswer>().Single().Text);
        Assert.Same(agent, client.GetService<PixelisAgent>());
        Assert.Equal("scripted", client.GetService<ChatClientMetadata>()!.DefaultModelId);
    }

    [Fact]
    public async Task Earlier_turns_pictures_and_instructions_reach_the_model_as_they_were()
    {
        var model = new ScriptedModel(_ => "yes");
        await using PixelisAgent agent = Agent(model);
        ChatResponse response = await agent.AsChatClient().GetResponseAsync(
            [
                new ChatMessage(ChatRole.System, "be short"),
                new ChatMessage(ChatRole.User, [Png, new TextContent("what is it?")]),
                new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm"), new TextContent("a pixel")]),
                new ChatMessage(ChatRole.User, [new TextContent("is it like"), Png]),
                new ChatMessage(ChatRole.User, "this one?"),
            ],
            new ChatOptions { Instructions = "be kind" });
        IReadOnlyList<Message> shown = Assert.Single(model.Shown);
        Assert.Equal([Role.System, Role.User, Role.Assistant, Role.User], shown.Select(m => m.Role));
        Assert.Equal(["be short\n\nbe kind", "what is it?", "a pixel", "is it like\n\nthis one?"], shown.Select(m => m.Text));
        Assert.Equal("hm", shown[2].Reasoning);
        Trajectory trajectory = Assert.IsType<AgentAnswer>(response.RawRepresentation).Trajectory;
        Assert.Equal([1, 2], trajectory.Inputs.Select(i => i.Number));
        Assert.Equal(Pixel.ContentHash, trajectory.Inputs[0].Hash);
        Assert.Equal("yes", response.Text);
        Assert.Single(response.Messages);
        Assert.Equal(3, response.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task A_chat_goes_on_with_the_messages_of_the_response_before()
    {
        ScriptedModel model = Adder();
        await using PixelisAgent agent = Agent(model);
        IChatClient client = agent.AsChatClient();
        List<ChatMessage> chat = [new(ChatRole.User, "2 + 40?")];
        chat.AddMessages(await client.GetResponseAsync(chat));
        chat.Add(new ChatMessage(ChatRole.User, "sure?"));
        await client.GetResponseAsync(chat);
        IReadOnlyList<Message> shown = model.Shown[^1];
        Assert.Equal([Role.System, Role.User, Role.Assistant, Role.Tool, Role.Assistant, Role.User], shown.Select(m => m.Role));
        Assert.Equal("add", Assert.Single(shown[2].ToolCalls).Name);
        Assert.Equal("42", shown[3].Text);
    }

    [Fact]
    public async Task Options_are_followed_over_the_agents_own()
    {
        var model = new ScriptedModel(_ => "x");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithGeneration(new GenerationOptions { MinP = 0.1, MaxNewTokens = 9 }).Build();
        await agent.AsChatClient().GetResponseAsync("?", new ChatOptions
        {
            Temperature = 0.7f, TopP = 0.9f, TopK = 40, Seed = 5, StopSequences = ["END"], PresencePenalty = 0.5f, MaxOutputTokens = 11, ModelId = "scripted",
        });
        await agent.AsChatClient().GetResponseAsync("?");
        var expected = new GenerationOptions { Temperature = 0.7, TopP = 0.9, TopK = 40, Seed = 5, PresencePenalty = 0.5, MaxNewTokens = 11, MinP = 0.1 };
        Assert.Equal(["END"], model.Options[0].StopStrings);
        Assert.Equal(expected, model.Options[0] with { StopStrings = expected.StopStrings });
        Assert.Equal(9, model.Options[1].MaxNewTokens);
    }

    public static TheoryData<string, ChatOptions> Refused() => new()
    {
        { "Tools", new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] } },
        { "ToolMode", new ChatOptions { ToolMode = ChatToolMode.RequireAny } },
        { "ResponseFormat", new ChatOptions { ResponseFormat = ChatResponseFormat.Json } },
        { "FrequencyPenalty", new ChatOptions { FrequencyPenalty = 1 } },
        { "ConversationId", new ChatOptions { ConversationId = "c" } },
        { "ModelId", new ChatOptions { ModelId = "gpt" } },
        { "Reasoning", new ChatOptions { Reasoning = new ReasoningOptions() } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Options_that_cannot_be_followed_are_refused_by_name(string name, ChatOptions options)
    {
        await using PixelisAgent agent = Agent(Adder());
        Assert.Contains("ChatOptions." + name, (await Assert.ThrowsAsync<NotSupportedException>(() => agent.AsChatClient().GetResponseAsync("?", options))).Message);
    }

    [Fact]
    public async Task Messages_that_are_no_question_are_refused()
    {
        await using PixelisAgent agent = Agent(Adder());
        IChatClient client = agent.AsChatClient();
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "?"), new ChatMessage(ChatRole.Assistant, "!")]));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "a"), new ChatMessage(ChatRole.System, "late"), new ChatMessage(ChatRole.User, "b")]));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, [new UriContent("http://example.com/a.png", "image/png")])]));
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])]));
        await Assert.ThrowsAsync<ImageFormatException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])]));
        await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync("?", new ChatOptions { TopP = 2 }));
    }

    [Fact]
    public async Task An_episode_that_a_limit_ended_says_which()
    {
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(_ => Call)).WithLimits(new AgentLimits { MaxTurns = 1 }).Build();
        ChatResponse response = await agent.AsChatClient().GetResponseAsync("?");
        Assert.Equal(new ChatFinishReason("turn_limit"), response.FinishReason);
    }

    [Fact]
    public async Task Cancelling_stops_both_ways()
    {
        var model = new ScriptedModel(_ => new string('x', 900));
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).Build();
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in agent.AsChatClient().GetStreamingResponseAsync("?", cancellationToken: cancellation.Token))
                cancellation.Cancel();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => agent.AsChatClient().GetResponseAsync("?", cancellationToken: cancellation.Token));
        Assert.Equal(0, model.OpenConversations);
    }

    [Fact]
    public async Task Disposing_the_client_leaves_the_agent_unless_it_owns_it()
    {
        await using PixelisAgent agent = Agent(Adder());
        agent.AsChatClient().Dispose();
        Assert.Equal("42", (await agent.AskAsync("?")).Text);
        agent.AsChatClient(ownsAgent: true).Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => agent.AskAsync("?"));
    }
}
