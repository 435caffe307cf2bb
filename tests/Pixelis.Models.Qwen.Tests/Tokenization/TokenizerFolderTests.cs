using System.Text.Json.Nodes;
using Pixelis.Models.Qwen.Tokenization;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Tokenization;

/// <summary>What is wrong with a tokenizer's files is told by name, and nothing else escapes.</summary>
public sealed class TokenizerFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TokenizerFolderTests() => TokenizerTrainer.Train(["the cat and the hat, the cat"], 270, ["<|im_end|>"], _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_empty_folder_names_what_was_expected()
    {
        using var empty = new TemporaryFolder();
        var error = Assert.Throws<ModelFormatException>(() => QwenTokenizer.FromFolder(empty.Path));
        Assert.Contains("merges.txt", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.vocab.!", "-1", "id -1")]
    [InlineData("model.vocab.!", "5000000", "4194303")]
    [InlineData("model.vocab.!", "1", "repeats")]
    [InlineData("model.vocab.!", "1.5", "whole number")]
    [InlineData("model.vocab.!", "\"0\"", "whole number")]
    [InlineData("model.vocab", "[]", "no object")]
    [InlineData("model.vocab", "{}", "vocabulary does not have")]
    [InlineData("model.merges", "{}", "no array")]
    [InlineData("model.merges", "[\"a\"]", "one space")]
    [InlineData("model.merges", "[\"a b c\"]", "one space")]
    [InlineData("model.merges", "[\"q q\"]", "vocabulary does not have")]
    [InlineData("model.merges", "[[\"a\"]]", "left")]
    [InlineData("model.merges", "[3]", "left")]
    [InlineData("model.type", "\"Unigram\"", "BPE")]
    [InlineData("model.byte_fallback", "true", "byte_fallback")]
    [InlineData("model.dropout", "0.1", "dropout")]
    [InlineData("model", "7", "no object")]
    [InlineData("normalizer", "{\"type\":\"NFKC\"}", "NFKC")]
    [InlineData("pre_tokenizer", "null", "pre_tokenizer")]
    [InlineData("pre_tokenizer.pretokenizers.0.pattern.Regex", "\"\\\\s+\"", "split pattern")]
    [InlineData("pre_tokenizer.pretokenizers.0.behavior", "\"Removed\"", "Isolated")]
    [InlineData("pre_tokenizer.pretokenizers.1.use_regex", "true", "use_regex")]
    [InlineData("added_tokens", "{}", "no array")]
    [InlineData("added_tokens.0.content", "\"\"", "0 bytes")]
    [InlineData("added_tokens.0.id", "null", "whole number")]
    [InlineData("added_tokens.0.content", "\"<|other|>\"", "contradicts")]
    [InlineData("added_tokens.0.lstrip", "true", "lstrip")]
    [InlineData("added_tokens.0", "{\"id\":300,\"content\":\"!\",\"special\":true}", "contradicts|uses otherwise")]
    public void A_wrong_field_of_tokenizer_json_is_named(string path, string value, string expected)
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(_folder["tokenizer.json"]))!;
        string[] steps = path.Split('.');
        JsonNode parent = steps[..^1].Aggregate(root, (node, step) => node is JsonArray array ? array[int.Parse(step)]! : node[step]!);
        if (parent is JsonArray list)
            list[int.Parse(steps[^1])] = JsonNode.Parse(value);
        else
            parent[steps[^1]] = JsonNode.Parse(value);
        File.WriteAllText(_folder["tokenizer.json"], root.ToJsonString());

        var error = Assert.Throws<ModelFormatException>(() => QwenTokenizer.FromFolder(_folder.Path));
        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected.Split('|'), part => error.Message.Contains(part, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("vocab.json")]
    [InlineData("merges.txt")]
    [InlineData("tokenizer_config.json")]
    public void Truncated_and_mutated_files_load_or_fail_by_name(string file)
    {
        if (file != "tokenizer.json")
            File.Delete(_folder["tokenizer.json"]);
        byte[] good = File.ReadAllBytes(_folder[file]);
        var random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 300; round++)
        {
            byte[] bad = round % 3 == 0 ? good[..random.Next(good.Length)] : (byte[])good.Clone();
            for (int i = 0; round % 3 != 0 && i < 3; i++)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(_folder[file], bad);
            try
            {
                QwenTokenizer.FromFolder(_folder.Path).Encode("the cat");
            }
            catch (ModelFormatException)
            {
                refused++;
            }
        }
        Assert.True(refused > 50, $"{refused} of 300 refused");
    }

    [Fact]
    public void Merges_with_carriage_returns_and_as_pairs_load_the_same()
    {
        int[] expected = QwenTokenizer.FromFolder(_folder.Path).Encode("the cat and the hat");
        JsonNode root = JsonNode.Parse(File.ReadAllText(_folder["tokenizer.json"]))!;
        JsonArray merges = root["model"]!["merges"]!.AsArray();
        root["model"]!["merges"] = new JsonArray([.. merges.Select(m => (JsonNode)new JsonArray([.. m!.GetValue<string>().Split(' ').Select(p => (JsonNode)p)]))]);
        File.WriteAllText(_folder["tokenizer.json"], root.ToJsonString());
        Assert.Equal(expected, QwenTokenizer.FromFolder(_folder.Path).Encode("the cat and the hat"));

        File.Delete(_folder["tokenizer.json"]);
        File.WriteAllText(_folder["merges.txt"], File.ReadAllText(_folder["merges.txt"]).ReplaceLineEndings("\r\n"));
        Assert.Equal(expected, QwenTokenizer.FromFolder(_folder.Path).Encode("the cat and the hat"));
    }

    [Fact]
    public void A_special_token_that_text_could_make_is_refused()
    {
        JsonNode root = JsonNode.Parse(File.ReadAllText(_folder["tokenizer.json"]))!;
        int id = root["model"]!["vocab"]!["the"]?.GetValue<int>() ?? root["model"]!["vocab"]!["th"]?.GetValue<int>() ?? root["model"]!["vocab"]!["he"]!.GetValue<int>();
        string content = root["model"]!["vocab"]!.AsObject().First(p => p.Value!.GetValue<int>() == id).Key;
        root["added_tokens"]!.AsArray().Add(new JsonObject { ["id"] = id, ["content"] = content, ["special"] = true });
        File.WriteAllText(_folder["tokenizer.json"], root.ToJsonString());
        var error = Assert.Throws<ModelFormatException>(() => QwenTokenizer.FromFolder(_folder.Path));
        Assert.Contains("ordinary text", error.Message, StringComparison.Ordinal);
    }
}
