using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Processing;
using Pixelis.Models.Qwen.Tests.Conversations;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

/// <summary>The memory of pictures: fewer runs of the vision tower, the same numbers, and never an old picture of new weights.</summary>
[Collection(TinyChatModelCollection.Name)]
public sealed class QwenModelSeeingTests : IDisposable
{
    private static readonly GenerationOptions Options = new() { MaxNewTokens = 5, Temperature = 1, Seed = 8, IgnoreEndOfTurn = true };
    private static readonly PixelImage Picture = TinyChatModel.Picture(112, 84, 1);

    private readonly QwenVisionLanguageModel _model;
    private readonly QwenVisionLanguageModel _forgetful;

    public QwenModelSeeingTests(TinyChatModel tiny)
    {
        _model = QwenVisionLanguageModel.FromPretrained(tiny.Folder);
        _forgetful = QwenVisionLanguageModel.FromPretrained(tiny.Folder, new QwenVisionLanguageModelOptions { Model = new QwenModelOptions { VisionMemoryBytes = 0 } });
    }

    public void Dispose()
    {
        _model.Dispose();
        _forgetful.Dispose();
    }

    [Fact]
    public async Task A_picture_shown_again_is_not_looked_at_again_and_the_answers_stay_the_same()
    {
        string[] questions = ["what?", "which colour is it?", "how many?"];
        foreach (string question in questions)
        {
            List<GeneratedToken> remembered = await AskAsync(_model, question, Picture), looked = await AskAsync(_forgetful, question, Picture);
            Assert.Equal(looked, remembered); // ids, texts and log-probabilities, bit for bit
        }
        Assert.Equal(1, _model.Model.PicturesEncoded);
        Assert.Equal(3, _forgetful.Model.PicturesEncoded);
    }

    [Fact]
    public async Task Several_pictures_are_known_one_by_one()
    {
        PixelImage other = TinyChatModel.Picture(56, 140, 2);
        await AskAsync(_model, "?", Picture);
        List<GeneratedToken> both = await AskAsync(_model, "?", Picture, other);
        Assert.Equal(2, _model.Model.PicturesEncoded);
        await AskAsync(_model, "?", other, Picture, TinyChatModel.Picture(112, 84, 3));
        Assert.Equal(3, _model.Model.PicturesEncoded);
        Assert.Equal(await AskAsync(_forgetful, "?", Picture, other), both);
    }

    [Fact]
    public async Task A_video_is_known_by_all_of_its_frames()
    {
        VideoClip Clip(int lastSeed) => new([.. new[] { 1, 2, 3, lastSeed }.Select((seed, i) => new VideoFrame(TinyChatModel.Picture(56, 56, seed), i, TimeSpan.FromSeconds(i)))], 1);
        await AskAsync(_model, "?", new VideoPart(Clip(4)));
        await AskAsync(_model, "?!", new VideoPart(Clip(4)));
        Assert.Equal(1, _model.Model.PicturesEncoded);
        await AskAsync(_model, "?", new VideoPart(Clip(5)));
        Assert.Equal(2, _model.Model.PicturesEncoded);
    }

    [Fact]
    public async Task Groups_of_completions_of_one_question_share_it_too()
    {
        await AskAsync(_model, "?", Picture);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AskAsync(_model, "?", Picture)));
        Assert.Equal(1, _model.Model.PicturesEncoded);
    }

    [Fact]
    public async Task An_adapter_of_the_tower_that_comes_goes_or_is_merged_makes_it_forget()
    {
        List<GeneratedToken> plain = await AskAsync(_model, "?", Picture);
        using var adapters = new AdapterSet(_model.Model);
        adapters.Add("eyes", new LoraOptions { Targets = LoraTargets.Matching(@"visual\..*") });
        using (no_grad())
        {
            foreach ((string name, TorchSharp.Modules.Parameter parameter) in adapters.NamedParameters("eyes"))
            {
                if (name.Contains("lora_B", StringComparison.Ordinal))
                    parameter.fill_(0.05);
            }
        }
        List<GeneratedToken> adapted = await AskAsync(_model, "?", Picture);
        Assert.NotEqual(plain, adapted);
        await AskAsync(_model, "?", Picture);
        Assert.Equal(3, _model.Model.PicturesEncoded); // nothing is remembered while the tower is adapted
        adapters.Merge();
        List<GeneratedToken> merged = await AskAsync(_model, "?", Picture);
        Assert.NotEqual(plain, merged);
        adapters.Unmerge();
        adapters.Activate(null);
        Assert.Equal(plain, await AskAsync(_model, "?", Picture));
    }

    [Fact]
    public async Task An_adapter_of_the_decoder_alone_keeps_the_pictures()
    {
        await AskAsync(_model, "?", Picture);
        using var adapters = new AdapterSet(_model.Model);
        adapters.Add("words", new LoraOptions());
        await AskAsync(_model, "?", Picture);
        Assert.Equal(1, _model.Model.PicturesEncoded);
    }

    [Theory]
    [InlineData("a key does not help")]
    [InlineData(null)] // trainers give none
    public async Task Training_the_tower_switches_the_memory_off_until_it_is_frozen(string? key)
    {
        await AskAsync(_model, "?", Picture);
        using (NewDisposeScope())
            Forward(_model, key).sum().backward();
        Assert.Equal(2, _model.Model.PicturesEncoded); // with gradients it looks for itself
        Assert.Contains(_model.Model.Module.named_parameters(), p => p.name.StartsWith("visual.", StringComparison.Ordinal) && p.parameter.grad is not null);
        using (no_grad())
        {
            foreach ((string _, TorchSharp.Modules.Parameter parameter) in _model.Model.Module.named_parameters())
                parameter.mul_(1.05);
        }
        await AskAsync(_model, "?", Picture);
        await AskAsync(_model, "?", Picture);
        Assert.Equal(4, _model.Model.PicturesEncoded);
        foreach ((string _, TorchSharp.Modules.Parameter parameter) in _model.Model.Module.named_parameters())
            parameter.requires_grad = false;
        await AskAsync(_model, "?", Picture);
        await AskAsync(_model, "?", Picture);
        Assert.Equal(5, _model.Model.PicturesEncoded);
    }

    [Fact]
    public async Task Weights_written_by_hand_count_after_forgetting()
    {
        await AskAsync(_model, "?", Picture);
        _model.Model.ForgetPictures();
        await AskAsync(_model, "?", Picture);
        Assert.Equal(2, _model.Model.PicturesEncoded);
    }

    private static Tensor Forward(QwenVisionLanguageModel model, string? key)
    {
        VisionPatches patches = model.Images!.Process(Picture);
        int count = patches.Grid.PatchCount / 4;
        QwenConfig config = model.Model.Config;
        long[] ids = [config.VisionStartTokenId, .. Enumerable.Repeat((long)config.ImageTokenId, count), config.VisionEndTokenId, 5];
        var inputs = new ModelInputs
        {
            InputIds = tensor(ids, [1, ids.Length]),
            PixelValues = tensor(patches.Values.ToArray(), [patches.Grid.PatchCount, patches.PatchLength]),
            ImageGrids = [patches.Grid],
            ImageKeys = key is null ? [] : [key],
        };
        return model.Model.Forward(inputs).Logits!;
    }

    private static Task<List<GeneratedToken>> AskAsync(QwenVisionLanguageModel model, string question, params PixelImage[] pictures) =>
        AskAsync(model, question, [.. pictures.Select(p => new ImagePart(p))]);

    private static async Task<List<GeneratedToken>> AskAsync(QwenVisionLanguageModel model, string question, params ContentPart[] media)
    {
        using IConversation conversation = model.StartConversation();
        conversation.Append(new Message(Role.User, [.. media, new TextPart(question)]));
        var tokens = new List<GeneratedToken>();
        await foreach (GeneratedToken token in conversation.GenerateAsync(Options))
            tokens.Add(token);
        return tokens;
    }
}
