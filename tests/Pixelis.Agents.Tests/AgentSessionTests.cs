using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.RandomModels;
using Pixelis.TestKit;
using static TorchSharp.torch;

namespace Pixelis.Agents.Tests;

public class AgentSessionTests
{
    private static readonly GenerationOptions Options = new() { MaxNewTokens = 6, Temperature = 1, Seed = 3 };

    private static PixelImage Picture()
    {
        var pixels = new byte[112 * 84 * 3];
        new Random(1).NextBytes(pixels);
        return PixelImage.Wrap(112, 84, PixelFormat.Rgb24, pixels);
    }

    [Fact]
    public async Task Every_question_is_an_episode_of_its_own_about_the_same_picture()
    {
        var model = new ScriptedModel(m => "re: " + m[^1].Text);
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).Build();
        PixelImage picture = Picture();
        await using AgentSession session = agent.Look(picture);
        AgentAnswer[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => session.AskAsync($"question {i}")));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"re: question {i}"), answers.Select(a => a.Text));
        Assert.All(model.Shown, shown => Assert.Same(picture, Assert.IsType<ImagePart>(Assert.Single(shown).Parts[0]).Image));
        var events = new List<AgentEvent>();
        await foreach (AgentEvent happened in session.StreamAsync("streamed"))
            events.Add(happened);
        Assert.Equal("re: streamed", Assert.IsType<AnswerEvent>(events[^1]).Answer.Text);
    }

    [Fact]
    public async Task A_disposed_session_refuses_questions_and_its_agent_goes_on()
    {
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(new ScriptedModel(_ => "yes")).Build();
        AgentSession session = agent.Look([new ImagePart(Picture()), new ImagePart(Picture())]);
        Assert.Equal(2, session.Media.Count);
        await session.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.AskAsync("?"));
        Assert.Equal("yes", (await agent.AskAsync("?")).Text);
        Assert.ThrowsAny<Exception>(() => agent.Look("no-such-picture.png"));
    }

    [Fact]
    public async Task A_local_model_looks_once_and_answers_as_it_would_alone()
    {
        using var folder = new TemporaryFolder();
        RandomModel.Write(folder["tiny"], RandomModelShape.Find("tiny")!, new RandomModelOptions { DataType = ScalarType.Float32, Seed = 5 });
        string[] questions = ["what is this?", "which colours?", "how many?"];
        (string[] remembered, long looks) = await AskAllAsync(folder["tiny"], new QwenModelOptions(), questions);
        (string[] looked, long allLooks) = await AskAllAsync(folder["tiny"], new QwenModelOptions { VisionMemoryBytes = 0 }, questions);
        Assert.Equal(looked, remembered);
        Assert.Equal((1, 3), (looks, allLooks));
    }

    // Every token with its log-probability, bit for bit.
    private static string Record(Trajectories.Trajectory trajectory) =>
        string.Join(" ", trajectory.TokenIds.Zip(trajectory.LogProbabilities, (id, p) => $"{id}:{BitConverter.SingleToInt32Bits(p):x}"));

    private static async Task<(string[] Answers, long Looks)> AskAllAsync(string folder, QwenModelOptions options, string[] questions)
    {
        using QwenVisionLanguageModel model = QwenVisionLanguageModel.FromPretrained(folder, new QwenVisionLanguageModelOptions { Model = options });
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithGeneration(Options).Build();
        await using AgentSession session = agent.Look(Picture());
        var answers = new List<string>();
        foreach (string question in questions)
            answers.Add(Record((await session.AskAsync(question)).Trajectory));
        return ([.. answers], model.Model.PicturesEncoded);
    }
}
