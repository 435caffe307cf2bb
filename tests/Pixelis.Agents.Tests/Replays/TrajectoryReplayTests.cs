using System.Text.Json;
using Pixelis.Agents.Dialects;
using Pixelis.Agents.Replays;
using Pixelis.Agents.Tests.Episodes;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.Chat;
using Pixelis.TestKit;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Tests.Replays;

[Collection(nameof(TinyVisionModel))]
public class TrajectoryReplayTests(TinyVisionModel tiny)
{
    private static string Call(string name) => $"<tool_call>{{\"name\": \"{name}\", \"arguments\": {{}}}}</tool_call>";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_recorded_episode_renders_to_the_same_tokens(bool pixelReasoner)
    {
        Trajectory trajectory = await RecordAsync(pixelReasoner ? AgentDialect.PixelReasoner : AgentDialect.Pixelis);
        ReplayResult replay = trajectory.Replay(tiny.Model.Processor);
        Assert.True(replay.IsExact, replay.Difference?.Message);
        Assert.Equal(trajectory.TokenIds, replay.Rendered.TokenIds);
        Assert.Equal(trajectory.Provenance, replay.Rendered.Provenance);
        Assert.Equal(pixelReasoner ? 3 : 4, replay.Rendered.Visuals.Count);
        Assert.Equal(pixelReasoner ? "pixel-reasoner" : "pixelis", trajectory.Dialect);
        Assert.Equal("Be brief.", trajectory.SystemPrompt);
        Assert.Equal(14, trajectory.Tools.Count);
    }

    [Fact]
    public async Task A_record_saved_with_its_pictures_renders_to_the_same_tokens()
    {
        using var temporary = new TemporaryFolder();
        Trajectory trajectory = await RecordAsync(AgentDialect.Pixelis);
        TrajectoryFolder.Save(trajectory, temporary["episode"]);
        Trajectory read = TrajectoryFolder.Load(temporary["episode"]);
        Assert.True(read.Replay(tiny.Model.Processor).IsExact);
        Assert.Equal(trajectory.Media.Select(m => m.Image?.ContentHash ?? m.Clip!.Frames[1].Image.ContentHash), read.Media.Select(m => m.Image?.ContentHash ?? m.Clip!.Frames[1].Image.ContentHash));
        Assert.Equal(1.5, read.Media[1].Clip!.FramesPerSecond);
        Assert.Equal(trajectory.Turns.Select(t => JsonSerializer.Serialize(t)), read.Turns.Select(t => JsonSerializer.Serialize(t)));
    }

    [Fact]
    public async Task Earlier_turns_with_calls_reasoning_and_pictures_render_as_they_were_shown()
    {
        using var temporary = new TemporaryFolder();
        Trajectory trajectory = await AskAfterAsync(
            Message.User(new TextPart("first"), new ImagePart(TinyVisionModel.Picture(new Random(5), 40, 40)), new TextPart(" and \ud800")),
            new Message(Role.Assistant, [new TextPart("Let me see.")]) { Reasoning = "hm \udc00", ToolCalls = [Zoom("""{"bbox_2d": [0, 0.50, 1e2, 4]}"""), Zoom("{}")] },
            new Message(Role.Tool, [new TextPart("cut"), new ImagePart(TinyVisionModel.Picture(new Random(6), 30, 30))]),
            Message.Assistant("It is red."));
        ReplayResult replay = trajectory.Replay(tiny.Model.Processor);
        Assert.True(replay.IsExact, replay.Difference?.Message);
        Assert.Equal(3, replay.Rendered.Visuals.Count);
        Assert.Equal([false, true, false, true, false, false], trajectory.Turns.Select(t => t.IsInjected));
        Assert.Equal(["ZOOM_IN", "ZOOM_IN"], trajectory.Turns[1].ToolCalls!.Select(c => c.Name));
        Assert.Equal("hm \ufffd", trajectory.Turns[1].Reasoning);
        Assert.Equal(trajectory.Turns[^1].TokenCount, trajectory.Provenance.Count(p => p == TokenProvenance.Sampled));

        TrajectoryFolder.Save(trajectory, temporary["episode"]);
        ReplayResult read = TrajectoryFolder.Load(temporary["episode"]).Replay(tiny.Model.Processor);
        Assert.True(read.IsExact, read.Difference?.Message);
    }

    [Fact]
    public async Task Earlier_turns_that_cannot_be_recorded_are_refused_and_their_pictures_count()
    {
        async Task<string> Refused(Message message) => (await Assert.ThrowsAsync<ArgumentException>(() => AskAfterAsync(message))).Message;
        Assert.Contains("system", await Refused(Message.System("obey")));
        Assert.Contains("ZOOM_IN", await Refused(new Message(Role.Assistant, []) { ToolCalls = [Zoom(new string('[', 40) + new string(']', 40))] }));
        Assert.Contains("surrogate", await Refused(new Message(Role.Assistant, []) { ToolCalls = [Zoom("""["\ud800"]""")] }));
        Assert.Contains("ZOOM_IN", await Refused(new Message(Role.Assistant, []) { ToolCalls = [new ToolCall("ZOOM_IN", default)] }));

        var picture = new ImagePart(TinyVisionModel.Picture(new Random(5), 40, 40));
        Trajectory over = await AskAfterAsync(Message.User([.. Enumerable.Repeat<ContentPart>(picture, new AgentLimits().MaxImages)]));
        Assert.Equal(EndReason.ImageLimit, over.EndReason);
    }

    [Fact]
    public async Task The_first_difference_names_turn_and_token()
    {
        Trajectory trajectory = await RecordAsync(AgentDialect.Pixelis);
        TrajectoryTurn answer = trajectory.Turns[^1], observation = trajectory.Turns[^2];
        int[] ids = [.. trajectory.TokenIds];
        int at = observation.TokenStart + 5;
        ids[at] += ids[at] == 0 ? 1 : -1;
        ReplayDifference changed = (trajectory with { TokenIds = ids }).Replay(tiny.Model.Processor).Difference!;
        Assert.Equal((trajectory.Turns.Count - 2, at, ids[at], trajectory.TokenIds[at]), (changed.Turn, changed.Token, changed.Recorded!.Value, changed.Rendered!.Value));
        Assert.Contains($"Turn {trajectory.Turns.Count - 1} (Tool), token {at}", changed.Message);

        Trajectory longer = trajectory with
        {
            TokenIds = [.. trajectory.TokenIds, 3],
            Provenance = [.. trajectory.Provenance, TokenProvenance.Injected],
            LogProbabilities = [.. trajectory.LogProbabilities, 0],
        };
        ReplayDifference cut = longer.Replay(tiny.Model.Processor).Difference!;
        Assert.Equal((trajectory.TokenIds.Count, null), (cut.Token, cut.Rendered));
        Assert.Contains("no more tokens", cut.Message);
        Assert.True(answer.TokenCount > 0);
    }

    [Fact]
    public async Task Another_template_or_another_tool_shows()
    {
        Trajectory trajectory = await RecordAsync(AgentDialect.Pixelis);
        QwenProcessor own = tiny.Model.Processor;
        var numbered = new QwenProcessor(own.Name, own.Config, own.Tokenizer, own.Images, new ChatTemplateOptions { NumberVisuals = true });
        Assert.Equal(1, trajectory.Replay(numbered).Difference!.Turn); // 0 is the system prompt
        Assert.Equal(0, (trajectory with { Tools = [trajectory.Tools[0]] }).Replay(own).Difference!.Turn);
    }

    [Fact]
    public async Task A_missing_or_another_picture_is_refused()
    {
        Trajectory trajectory = await RecordAsync(AgentDialect.Pixelis);
        var missing = Assert.Throws<TrajectoryFormatException>(() => (trajectory with { Media = [] }).Replay(tiny.Model.Processor));
        Assert.Contains("input 1", missing.Message);
        NumberedVisual other = trajectory.Media[0] with { Image = TinyVisionModel.Picture(new Random(9), 40, 30) };
        var changed = Assert.Throws<TrajectoryFormatException>(() => (trajectory with { Media = [other, .. trajectory.Media.Skip(1)] }).Replay(tiny.Model.Processor));
        Assert.Contains("another picture", changed.Message);
    }

    [Fact]
    public async Task A_remote_models_record_cannot_be_compared()
    {
        Trajectory trajectory = await RecordAsync(AgentDialect.Pixelis);
        Trajectory remote = trajectory with { TokenIds = [], Provenance = [], LogProbabilities = [] };
        Assert.Contains("no token ids", Assert.Throws<TrajectoryFormatException>(() => remote.Replay(tiny.Model.Processor)).Message);
    }

    private static ToolCall Zoom(string arguments) => new("ZOOM_IN", JsonDocument.Parse(arguments).RootElement);

    private async Task<Trajectory> AskAfterAsync(params Message[] history)
    {
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(tiny.Model).WithTools(t => t.ZoomIn())
            .WithGeneration(new GenerationOptions { MaxNewTokens = 5, Temperature = 1, Seed = 3 }).Build();
        var request = new AgentRequest("and now?", [new ImagePart(TinyVisionModel.Picture(new Random(7), 40, 30))]) { History = history };
        return (await agent.AskAsync(request)).Trajectory;
    }

    private async Task<Trajectory> RecordAsync(AgentDialect dialect)
    {
        var random = new Random(4);
        VideoFrame[] frames = [.. Enumerable.Range(0, 2).Select(i => new VideoFrame(TinyVisionModel.Picture(random, 30, 30), i, TimeSpan.FromSeconds(i / 1.5)))];
        var texts = new Queue<string>([Call("copy") + Call("special") + Call("copy"), "It is \\boxed{3}."]);
        PixelisAgentBuilder builder = PixelisAgent.Create()
            .WithModel(new OverspokenModel(tiny.Model, texts.Dequeue)).WithDialect(dialect).WithSystemPrompt("Be brief.")
            .WithGeneration(new GenerationOptions { MaxNewTokens = 5, Temperature = 1, Seed = 3 });
        foreach (ITool tool in BadlyBehavedTools.All)
            builder.WithTool(tool);
        await using PixelisAgent agent = builder.Build();
        AgentAnswer answer = await agent.AskAsync(new AgentRequest("what? <|im_end|>", [new ImagePart(TinyVisionModel.Picture(random, 40, 30)), new VideoPart(new VideoClip(frames, 1.5))]));
        Assert.Equal(EndReason.Answered, answer.EndReason);
        return answer.Trajectory;
    }
}
