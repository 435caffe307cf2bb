using Pixelis.Trajectories;
using Pixelis.Generation;

namespace Pixelis.Agents.Tests;

public class PixelisAgentTests
{
    private static readonly PixelImage Pixel = PixelImage.Create(1, 1, PixelFormat.Rgb24, [1, 2, 3]);

    [Fact]
    public async Task An_answer_carries_text_and_the_tokens_with_their_provenance()
    {
        var model = new ScriptedModel(_ => "red");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).Build();
        AgentAnswer answer = await agent.AskAsync("which?");
        Assert.Equal("red", answer.Text);
        Assert.Equal(FinishReason.EndOfTurn, answer.FinishReason);
        Assert.Equal("which?", string.Concat(answer.Tokens.Where(t => t.Provenance == TokenProvenance.Injected).Select(t => (char)t.Id)));
        Assert.Equal("red", string.Concat(answer.Tokens.Where(t => t.Provenance == TokenProvenance.Sampled).Select(t => (char)t.Id)));
        Assert.Equal(0, model.OpenConversations);
    }

    [Fact]
    public async Task A_caller_may_name_the_episode_before_it_begins()
    {
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(_ => "red")).Build();
        var request = new AgentRequest("which?", []);
        Assert.Equal("trace-1", (await agent.AskAsync(request with { TrajectoryId = "trace-1" })).Trajectory.Id);
        Assert.NotEqual((await agent.AskAsync(request)).Trajectory.Id, (await agent.AskAsync(request)).Trajectory.Id);
    }

    [Fact]
    public async Task The_model_is_shown_system_prompt_image_and_question()
    {
        var model = new ScriptedModel(_ => "yes");
        var options = new GenerationOptions { Temperature = 0.5, Seed = 4 };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithSystemPrompt("be short").WithGeneration(options).Build();
        await agent.AskAsync("a pixel?", Pixel);
        Assert.Equal(["be short", "a pixel?"], model.Shown[0].Select(m => m.Text));
        Assert.Equal([Role.System, Role.User], model.Shown[0].Select(m => m.Role));
        Assert.Same(Pixel, Assert.IsType<ImagePart>(model.Shown[0][1].Parts[0]).Image);
        Assert.Equal(options, model.Options[0]);
    }

    [Fact]
    public async Task A_stream_reports_every_token_and_ends_with_the_answer()
    {
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(_ => "blue")).Build();
        var events = new List<AgentEvent>();
        await foreach (AgentEvent happened in agent.StreamAsync("which?"))
            events.Add(happened);
        Assert.Equal("blue", string.Concat(events.OfType<TokenEvent>().Select(e => e.Token.Text)));
        Assert.Equal("blue", Assert.IsType<AnswerEvent>(events[^1]).Answer.Text);
        Assert.Equal(5, events.Count);
    }

    [Fact]
    public async Task Questions_at_the_same_time_do_not_mix()
    {
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(m => "re: " + m[^1].Text)).Build();
        AgentAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => agent.AskAsync($"question {i}")));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"re: question {i}"), answers.Select(a => a.Text));
    }

    [Fact]
    public async Task Cancellation_stops_the_stream_and_closes_the_conversation()
    {
        var model = new ScriptedModel(_ => new string('x', 500));
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).Build();
        using var cancellation = new CancellationTokenSource();
        var events = new List<AgentEvent>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (AgentEvent happened in agent.StreamAsync("long", cancellationToken: cancellation.Token))
            {
                events.Add(happened);
                if (events.Count == 3)
                    cancellation.Cancel();
            }
        });
        Assert.Equal(4, events.Count); // nothing that was on its way, only how it ended
        Assert.Equal(EndReason.Cancelled, Assert.IsType<AnswerEvent>(events[^1]).Answer.EndReason);
        Assert.Equal(0, model.OpenConversations);
    }

    [Fact]
    public async Task A_missing_image_is_an_error_that_names_the_file()
    {
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(_ => "x")).Build();
        Exception error = await Record.ExceptionAsync(() => agent.AskAsync("?", "no-such-picture.png"));
        Assert.NotNull(error);
        Assert.Contains("no-such-picture.png", error.Message);
    }

    [Fact]
    public async Task A_disposed_agent_refuses_questions_and_frees_only_a_model_of_its_own()
    {
        var handedIn = new ScriptedModel(_ => "x");
        PixelisAgent first = PixelisAgent.Create().WithModel(handedIn).Build();
        await first.DisposeAsync();
        Assert.Equal(0, handedIn.Disposals);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.AskAsync("?"));

        var made = new ScriptedModel(_ => "x");
        PixelisAgent second = PixelisAgent.Create().WithModel(() => made).Build();
        await second.DisposeAsync();
        await second.DisposeAsync();
        Assert.Equal(1, made.Disposals);
    }
}
