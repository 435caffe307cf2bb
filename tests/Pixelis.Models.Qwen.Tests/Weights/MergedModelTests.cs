using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Tests.Conversations;
using Pixelis.TestKit;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests.Weights;

/// <summary>A merged folder answers as the model with its adapter does, and nothing is left behind when it cannot be made.</summary>
[Collection(TinyChatModelCollection.Name)]
public sealed class MergedModelTests(TinyChatModel tiny) : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task It_answers_as_the_model_with_the_adapter()
    {
        List<GeneratedToken> plain, adapted;
        using (var model = QwenVisionLanguageModel.FromPretrained(tiny.Folder))
        {
            plain = await AskAsync(model);
            using AdapterSet adapters = Trained(model.Model);
            adapters.Save("words", _temporary["adapter"]);
            adapted = await AskAsync(model);
        }
        Assert.NotEqual(plain.Select(t => t.Id), adapted.Select(t => t.Id)); // else nothing is shown

        MergedModel.Write(_temporary["merged"], tiny.Folder, _temporary["adapter"]);

        using var merged = QwenVisionLanguageModel.FromPretrained(_temporary["merged"]);
        Assert.Equal(adapted.Select(t => t.Id), (await AskAsync(merged)).Select(t => t.Id));
        using var untouched = QwenVisionLanguageModel.FromPretrained(tiny.Folder);
        Assert.Equal(plain, await AskAsync(untouched));
    }

    [Fact]
    public void The_files_beside_the_weights_come_along()
    {
        SaveAdapter();
        MergedModel.Write(_temporary["merged"], tiny.Folder, _temporary["adapter"], ScalarType.BFloat16);
        Assert.Equal(Names(tiny.Folder), Names(_temporary["merged"]));
        using var merged = QwenModel.FromPretrained(_temporary["merged"]);
        Assert.Equal(ScalarType.BFloat16, merged.DataType);
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_as_it_is()
    {
        SaveAdapter();
        Directory.CreateDirectory(_temporary["full"]);
        File.WriteAllText(Path.Combine(_temporary["full"], "mine.txt"), "mine");
        Assert.Contains("not empty", Assert.Throws<PixelisException>(() => MergedModel.Write(_temporary["full"], tiny.Folder, _temporary["adapter"])).Message, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Names(_temporary["full"]));
    }

    [Fact]
    public void What_is_no_adapter_or_of_another_model_is_refused_and_leaves_nothing()
    {
        Directory.CreateDirectory(_temporary["empty"]);
        Assert.Contains("adapter_config.json", Assert.Throws<ModelFormatException>(() => MergedModel.Write(_temporary["merged"], tiny.Folder, _temporary["empty"])).Message, StringComparison.Ordinal);

        using (QwenModel other = QwenModel.Initialize(SmallModel.Text(), 1))
        using (var adapters = new AdapterSet(other))
        {
            adapters.Add("small", new LoraOptions());
            adapters.Save("small", _temporary["other"]);
        }
        Assert.ThrowsAny<PixelisException>(() => MergedModel.Write(_temporary["merged"], tiny.Folder, _temporary["other"]));
        Assert.Equal(["empty", "other"], Directory.EnumerateFileSystemEntries(_temporary.Path).Select(e => Path.GetFileName(e)).Order());
    }

    [Fact]
    public void Cancelled_it_leaves_nothing()
    {
        SaveAdapter();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => MergedModel.Write(_temporary["merged"], tiny.Folder, _temporary["adapter"], cancellationToken: cancelled.Token));
        Assert.Equal(["adapter"], Directory.EnumerateFileSystemEntries(_temporary.Path).Select(e => Path.GetFileName(e)));
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)!).Order(StringComparer.Ordinal)];

    private static async Task<List<GeneratedToken>> AskAsync(QwenVisionLanguageModel model)
    {
        var tokens = new List<GeneratedToken>();
        using IConversation conversation = model.StartConversation();
        conversation.Append(new Message(Role.User, [new ImagePart(TinyChatModel.Picture(84, 56, 2)), new TextPart("what?")]));
        await foreach (GeneratedToken token in conversation.GenerateAsync(new GenerationOptions { MaxNewTokens = 12, Temperature = 0, IgnoreEndOfTurn = true }))
            tokens.Add(token);
        return tokens;
    }

    private static AdapterSet Trained(QwenModel model)
    {
        var adapters = new AdapterSet(model);
        adapters.Add("words", new LoraOptions { Rank = 4, Alpha = 8 });
        using IDisposable noGrad = no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in adapters.NamedParameters("words"))
        {
            if (name.Contains("lora_B", StringComparison.Ordinal))
                parameter.fill_(0.05);
        }
        return adapters;
    }

    private void SaveAdapter()
    {
        using QwenModel model = QwenModel.FromPretrained(tiny.Folder);
        using AdapterSet adapters = Trained(model);
        adapters.Save("words", _temporary["adapter"]);
    }
}
