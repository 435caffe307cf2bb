using System.Text.Json;
using FsCheck.Fluent;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Tokenization;
using Pixelis.Models.Qwen.Tokenization.Normalization;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Tokenization;

public class QwenTokenizerTests
{
    [SharedTheory(RealTokenizer.Data)]
    [InlineData("vectors_llama_cpp.json", 47, SpecialTokenParsing.PlainText)]
    [InlineData("vectors_real_text.json", 13, SpecialTokenParsing.Parse)]
    public void Encode_gives_the_ids_of_the_vectors_in_both_file_layouts(string file, int count, SpecialTokenParsing specialTokens)
    {
        using JsonDocument vectors = JsonDocument.Parse(File.ReadAllBytes(SharedData.RequirePath($"{RealTokenizer.Data}/{file}")));
        Assert.Equal(count, vectors.RootElement.GetArrayLength());
        foreach (JsonElement vector in vectors.RootElement.EnumerateArray())
        {
            string text = vector.GetProperty("text").GetString()!;
            int[] expected = [.. vector.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())];
            foreach (QwenTokenizer tokenizer in new[] { RealTokenizer.FromJson, RealTokenizer.FromPair })
            {
                Assert.Equal(expected, tokenizer.Encode(text, specialTokens));
                Assert.Equal(expected, tokenizer.Encode(text, specialTokens)); // now from the cache
                Assert.Equal(CanonicalComposition.Normalize(text), tokenizer.Decode(expected));
            }
        }
    }

    [SharedFact(RealTokenizer.Data)]
    public void Added_tokens_are_parsed_only_on_request()
    {
        const string text = "a<|im_end|>b";
        int[] parsed = RealTokenizer.FromJson.Encode(text, SpecialTokenParsing.Parse);
        int[] plain = RealTokenizer.FromJson.Encode(text);

        Assert.Equal([64, 151645, 65], parsed);
        Assert.DoesNotContain(plain, id => id >= 151643);
        Assert.Equal(text, RealTokenizer.FromJson.Decode(plain));
        Assert.Equal("ab", RealTokenizer.FromJson.Decode(parsed, skipSpecialTokens: true));
        Assert.Equal(plain, RealTokenizer.FromJson.Decode(plain, skipSpecialTokens: true) is var again ? RealTokenizer.FromJson.Encode(again) : []);
    }

    [SharedFact(RealTokenizer.Data)]
    public void The_vocabulary_covers_the_added_tokens_and_is_checked_against_the_model()
    {
        QwenTokenizer tokenizer = RealTokenizer.FromPair;
        Assert.Equal(151657, tokenizer.VocabularySize);
        Assert.True(tokenizer.TryGetAddedToken("<|image_pad|>", out int id));
        Assert.Equal(151655, id);
        Assert.True(tokenizer.IsSpecialToken(id));
        Assert.False(tokenizer.TryGetAddedToken("<tool_call>", out _));

        tokenizer.EnsureFits(151936);
        var error = Assert.Throws<ModelFormatException>(() => tokenizer.EnsureFits(151656));
        Assert.Contains("151656", error.Message, StringComparison.Ordinal);
    }

    [SharedFact(RealTokenizer.Data)]
    public void Ids_without_a_token_give_no_text_and_negative_ids_are_refused()
    {
        Assert.Equal("ab", RealTokenizer.FromJson.Decode([64, 151900, 65]));
        Assert.Throws<ArgumentOutOfRangeException>(() => RealTokenizer.FromJson.Decode([-1]));
    }

    [SharedFact(RealTokenizer.Data)]
    public void Decoding_undoes_encoding_up_to_form_C_for_any_text()
    {
        QwenTokenizer tokenizer = RealTokenizer.FromJson;
        FsCheck.Check.One(FsCheck.Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Texts.Any, text =>
        {
            string expected = CanonicalComposition.Normalize(text);
            return tokenizer.Decode(tokenizer.Encode(text)) == expected;
        }));
    }

    [SharedFact(RealTokenizer.Data)]
    public void A_long_word_merges_like_a_short_one_and_in_bearable_time()
    {
        // The queue takes over beyond 96 bytes; both must agree, so a long word is compared with the same word cut by hand.
        QwenTokenizer tokenizer = RealTokenizer.FromJson;
        string word = string.Concat(Enumerable.Repeat("international", 20_000));
        int[] ids = tokenizer.Encode(word);

        Assert.Equal(word, tokenizer.Decode(ids));
        Assert.Equal(tokenizer.Encode("international"), ids[..tokenizer.Encode("international").Length]);
    }

    [SharedFact(RealTokenizer.Data)]
    public void Threads_may_share_a_tokenizer()
    {
        QwenTokenizer tokenizer = RealTokenizer.FromJson;
        string[] texts = [.. Enumerable.Range(0, 4000).Select(i => $"Item {i * 7919} of the catalogue, größer than {i}'s neighbour\n")];
        int[][] alone = [.. texts.Select(t => tokenizer.Encode(t))];
        int[][] together = new int[texts.Length][];
        Parallel.For(0, texts.Length, i => together[i] = tokenizer.Encode(texts[i]));
        Assert.Equal(alone, together);
    }
}
