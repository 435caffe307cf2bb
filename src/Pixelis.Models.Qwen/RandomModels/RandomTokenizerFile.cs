using System.Text.Json;

namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>A tokenizer.json around <see cref="RandomVocabulary"/>, with Qwen's normalisation and split rule.</summary>
internal static class RandomTokenizerFile
{
    private const string SplitPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    public static void Write(Utf8JsonWriter json, RandomModelShape shape)
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAddedTokens(json, shape.BaseVocabularySize);
        json.WriteStartObject("normalizer");
        json.WriteString("type", "NFC");
        json.WriteEndObject();
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        json.WriteStartObject();
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", SplitPattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
        json.WriteStartObject();
        WriteByteLevel(json);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        foreach (string part in new[] { "post_processor", "decoder" })
        {
            json.WriteStartObject(part);
            WriteByteLevel(json);
            json.WriteEndObject();
        }
        WriteModel(json, new RandomVocabulary(shape.BaseVocabularySize));
    }

    /// <summary>The flags of an added token.</summary>
    public static void WriteFlags(Utf8JsonWriter json, bool isSpecial)
    {
        json.WriteBoolean("single_word", false);
        json.WriteBoolean("lstrip", false);
        json.WriteBoolean("rstrip", false);
        json.WriteBoolean("normalized", false);
        json.WriteBoolean("special", isSpecial);
    }

    private static void WriteAddedTokens(Utf8JsonWriter json, int firstId)
    {
        json.WriteStartArray("added_tokens");
        for (int index = 0; index < QwenAddedTokens.All.Count; index++)
        {
            (string text, bool isSpecial) = QwenAddedTokens.All[index];
            json.WriteStartObject();
            json.WriteNumber("id", firstId + index);
            json.WriteString("content", text);
            WriteFlags(json, isSpecial);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteByteLevel(Utf8JsonWriter json)
    {
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", false);
        json.WriteBoolean("use_regex", false);
    }

    private static void WriteModel(Utf8JsonWriter json, RandomVocabulary vocabulary)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        json.WriteNull("dropout");
        json.WriteNull("unk_token");
        json.WriteString("continuing_subword_prefix", "");
        json.WriteString("end_of_word_suffix", "");
        json.WriteBoolean("fuse_unk", false);
        json.WriteBoolean("byte_fallback", false);
        json.WriteStartObject("vocab");
        for (int id = 0; id < vocabulary.Tokens.Count; id++)
            json.WriteNumber(vocabulary.Tokens[id], id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach ((string left, string right) in vocabulary.Merges)
            json.WriteStringValue($"{left} {right}");
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
