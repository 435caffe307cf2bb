using System.Text.Json;
using FsCheck.Fluent;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Tokenization;
using Pixelis.Models.Qwen.Tokenization.Normalization;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Tokenization;

public class TokenizerTrainerTests
{
    private static readonly string[] Special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];

    private static readonly string[] Corpus =
        [.. Enumerable.Range(0, 200).Select(i => $"How many red squares are left of the {(i % 3 == 0 ? "blue" : "größten")} circle {i}? There are {i % 7}.\n")];

    [Fact]
    public void The_first_merges_are_the_most_frequent_pairs_with_ties_to_the_smaller_ids()
    {
        using var folder = new TemporaryFolder();
        // Pieces: "ab" x3, " ab" x1, "cd" x3. Pairs: a b 4, c d 3, " a" 1.
        TokenizerTrainer.Train(["ab\nab\nab ab\ncd\ncd\ncd"], 259, ["<s>"], folder.Path);
        Assert.Equal(["#version: 0.2", "a b", "c d"], File.ReadAllLines(folder["merges.txt"]));
    }

    [Fact]
    public void Training_is_deterministic_and_both_layouts_agree()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        QwenTokenizer tokenizer = TokenizerTrainer.Train(Corpus, 300, Special, first.Path);
        TokenizerTrainer.Train(Corpus.Reverse(), 300, Special, second.Path);
        string[] files = ["tokenizer.json", "vocab.json", "merges.txt", "tokenizer_config.json"];
        Assert.All(files, f => Assert.Equal(File.ReadAllBytes(first[f]), File.ReadAllBytes(second[f])));

        Assert.Equal(300, tokenizer.VocabularySize);
        File.Delete(second["tokenizer.json"]);
        QwenTokenizer pair = QwenTokenizer.FromFolder(second.Path);
        Assert.All(Corpus, text => Assert.Equal(tokenizer.Encode(text), pair.Encode(text)));
        Assert.True(tokenizer.TryGetAddedToken("<|im_end|>", out int id) && id == 299 && pair.IsSpecialToken(id));
    }

    [Fact]
    public void Whole_tokens_are_one_id_and_stay_in_decoded_text()
    {
        using var folder = new TemporaryFolder();
        QwenTokenizer tokenizer = TokenizerTrainer.Train(Corpus, 300, Special, folder.Path, wholeTokens: ["<tool_call>"]);
        int[] ids = tokenizer.Encode("<|im_start|>a <tool_call>", SpecialTokenParsing.Parse);
        Assert.True(tokenizer.TryGetAddedToken("<tool_call>", out int id) && id == 299 && !tokenizer.IsSpecialToken(id));
        Assert.Equal(id, ids[^1]);
        Assert.Equal("a <tool_call>", tokenizer.Decode(ids, skipSpecialTokens: true));
        Assert.Throws<ArgumentException>(() => TokenizerTrainer.Train(Corpus, 300, Special, folder.Path, wholeTokens: ["<|im_end|>"]));
    }

    [Fact]
    public void A_trained_tokenizer_shortens_its_texts_and_round_trips_any()
    {
        using var folder = new TemporaryFolder();
        QwenTokenizer tokenizer = TokenizerTrainer.Train(Corpus, 512, Special, folder.Path);
        Assert.True(tokenizer.Encode(Corpus[5]).Length < Corpus[5].Length / 2);
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Texts.Any, text =>
            tokenizer.Decode(tokenizer.Encode(text)) == CanonicalComposition.Normalize(text)));
    }

    [Fact]
    public void Ids_of_a_small_vocabulary_are_these()
    {
        // Golden: worked out by an independent Python implementation of merge training and merging.
        using var folder = new TemporaryFolder();
        QwenTokenizer tokenizer = TokenizerTrainer.Train(["low low low lower lower newest newest newest newest widest widest"], 266, ["<|im_end|>"], folder.Path);
        string[] merges = File.ReadAllLines(folder["merges.txt"])[1..];
        Assert.Equal(["e s", "es t", "l o", "lo w", "e w", "n ew", "Ġ low", "Ġ new", "Ġnew est"], merges);
        Assert.Equal([262, 83, 0, 265], tokenizer.Encode(" lowt!<|im_end|>", SpecialTokenParsing.Parse));
    }

    [Fact]
    public void Impossible_requests_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentOutOfRangeException>(() => TokenizerTrainer.Train([], 258, Special, folder.Path));
        Assert.Throws<ArgumentException>(() => TokenizerTrainer.Train([], 300, ["a", "a"], folder.Path));
        Assert.Equal(259, TokenizerTrainer.Train(["no pair twice"], 300, Special, folder.Path).VocabularySize);
    }

    [Fact]
    public void The_chat_template_is_passed_on()
    {
        using var folder = new TemporaryFolder();
        TokenizerTrainer.Train([], 259, Special, folder.Path, "{{ 'x' }}");
        using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(folder["tokenizer_config.json"]));
        Assert.Equal("{{ 'x' }}", config.RootElement.GetProperty("chat_template").GetString());
    }
}
