using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.TestKit;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Tests.Loop;

public class TextOnlyViewTests
{
    private static readonly PixelImage Picture = PixelImage.Wrap(200, 100, PixelFormat.Rgb24, new byte[60_000]);

    private const string Zoom = "<tool_call>\n{\"name\": \"ZOOM_IN\", \"arguments\": {\"bbox_2d\": [20, 10, 120, 60]}}\n</tool_call>";

    [Fact]
    public async Task A_text_model_is_told_of_pictures_instead_of_shown_them()
    {
        var model = new ScriptedModel(m => m.Any(x => x.Role == Role.Assistant) ? "a wall" : Zoom) { SeesImages = false };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTools(t => t.ZoomIn()).Build();
        AgentAnswer answer = await agent.AskAsync("what is this?", Picture);
        Assert.Equal("a wall", answer.Text);
        Assert.All(model.Shown.SelectMany(m => m).SelectMany(m => m.Parts), part => Assert.IsType<TextPart>(part));
        Assert.Equal("[Image 1: 200x100 pixels. It is not shown to you: use the tools, and give places as pixels from the top left.]\nwhat is this?", model.Shown[0][0].Text);
        string observation = model.Shown[1][^1].Text;
        Assert.Contains("Zoomed into image 1: 100x50 pixels of the source. (image 2)\n[Image 2: 100x50 pixels, cut from number 1 at pixels [20, 10, 120, 60]. It is not shown to you", observation);
        Assert.Equal(new PixelBox(20, 10, 120, 60), answer.Trajectory.Inputs[1].ParentBox); // its pixels are the source's
        Assert.Equal((200, 100), (answer.Trajectory.Inputs[0].SeenWidth, answer.Trajectory.Inputs[0].SeenHeight));
        Assert.Equal(model.Shown[0][0].Text, answer.Trajectory.Turns[0].Text);
    }

    [Fact]
    public async Task A_video_is_told_of_with_its_frames_and_times()
    {
        var clip = new VideoClip([.. Enumerable.Range(0, 5).Select(i => new VideoFrame(Picture, i, TimeSpan.FromSeconds(i / 2.0)))], 2);
        var model = new ScriptedModel(_ => "ok") { SeesImages = false };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithDialect(Dialects.AgentDialect.PixelReasoner).Build();
        await agent.AskAsync(new AgentRequest("?", [new VideoPart(clip)]));
        Assert.StartsWith("[Video 1: 5 frames of 200x100 pixels, from 0 to 2 s. It is not shown to you: use the tools, and give places as fractions", model.Shown[0][0].Text);
    }

    [Fact]
    public async Task A_model_that_sees_is_shown_the_picture()
    {
        var model = new ScriptedModel(_ => "ok");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).Build();
        await agent.AskAsync("?", Picture);
        Assert.IsType<ImagePart>(model.Shown[0][0].Parts[0]);
    }

    [Fact]
    public async Task A_tiny_qwen3_runs_as_an_agent_about_a_picture()
    {
        using var folder = new TemporaryFolder();
        TinyQwen3.Write(folder["qwen3"]);
        using QwenVisionLanguageModel model = QwenVisionLanguageModel.FromPretrained(folder["qwen3"]);
        Assert.False(model.SeesImages);
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTools(t => t.ZoomIn())
            .WithGeneration(new GenerationOptions { MaxNewTokens = 6, Temperature = 1, Seed = 3 }).Build();
        AgentAnswer answer = await agent.AskAsync("what is this?", Picture);
        Assert.True(answer.EndReason is EndReason.Answered or EndReason.TokenLimit, answer.EndReason.ToString());
        string prompt = model.Tokenizer.Decode([.. answer.Tokens.TakeWhile(t => t.Provenance == TokenProvenance.Injected).Select(t => t.Id)]);
        Assert.Contains("[Image 1: 200x100 pixels. It is not shown to you", prompt);
        Assert.Contains("ZOOM_IN", prompt);
        Assert.Contains(answer.Tokens, t => t.Provenance == TokenProvenance.Sampled);
    }
}
