using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests.Conversations;

[Collection(TinyChatModelCollection.Name)]
public class QwenVisionLanguageModelTests(TinyChatModel tiny)
{
    [Fact]
    public void A_folder_becomes_a_model_to_talk_to()
    {
        Assert.Equal("tiny", tiny.Model.Name);
        Assert.True(tiny.Model.SeesImages);
        Assert.Equal(8192, tiny.Model.ContextLength);
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("preprocessor_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("model.safetensors")]
    public void A_missing_file_is_named_and_nothing_stays_loaded(string file)
    {
        using var copy = new TestKit.TemporaryFolder();
        foreach (string path in Directory.EnumerateFiles(tiny.Folder).Where(p => Path.GetFileName(p) != file))
            File.CreateSymbolicLink(copy[Path.GetFileName(path)], path);
        long before = Tensor.TotalCount;
        ModelFormatException error = Assert.ThrowsAny<ModelFormatException>(() => QwenVisionLanguageModel.FromPretrained(copy.Path));
        Assert.Contains(file == "tokenizer.json" ? "tokenizer" : Path.GetFileNameWithoutExtension(file), error.Message);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("preprocessor_config.json", "\"patch_size\": 14", "\"patch_size\": 16", "patch_size is 16")]
    [InlineData("config.json", "\"image_token_id\": ", "\"image_token_id\": 9", "image_token_id is 9")]
    public void Files_that_disagree_are_refused_before_the_first_picture(string file, string from, string to, string message)
    {
        using var copy = new TestKit.TemporaryFolder();
        foreach (string path in Directory.EnumerateFiles(tiny.Folder).Where(p => Path.GetFileName(p) != file))
            File.CreateSymbolicLink(copy[Path.GetFileName(path)], path);
        string text = File.ReadAllText(Path.Combine(tiny.Folder, file));
        Assert.Contains(from, text);
        File.WriteAllText(copy[file], text.Replace(from, to));
        ModelFormatException error = Assert.ThrowsAny<ModelFormatException>(() => QwenVisionLanguageModel.FromPretrained(copy.Path));
        Assert.Contains(file, error.Message);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.Contains("/no/such", Assert.ThrowsAny<PixelisException>(() => QwenVisionLanguageModel.FromPretrained("/no/such")).Message);
}
