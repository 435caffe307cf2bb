using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>Writes a tokenizer in Hugging Face layout: tokenizer.json, vocab.json, merges.txt, tokenizer_config.json.</summary>
internal static class TokenizerWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the files; added tokens take the ids after the tokens.</summary>
    public static void Write(string folder, List<byte[]> tokens, List<(byte[] Left, byte[] Right)> merges, IReadOnlyList<(string Text, bool IsSpecial)> added, string? chatTemplate)
    {
        Directory.CreateDirectory(folder);
        string[] mergeLines = [.. merges.Select(m => $"{ByteAlphabet.ToText(m.Left)} {ByteAlphabet.ToText(m.Right)}")];
        File.WriteAllText(Path.Combine(folder, "merges.txt"), "#version: 0.2\n" + string.Concat(mergeLines.Select(l => l + "\n")));
        WriteJson(Path.Combine(folder, "vocab.json"), json => WriteVocabulary(json, tokens));
        WriteJson(Path.Combine(folder, "tokenizer_config.json"), json => WriteConfig(json, tokens.Count, added, chatTemplate));
        WriteJson(Path.Combine(folder, "tokenizer.json"), json => WriteTokenizer(json, tokens, mergeLines, added));
    }

    private static void WriteJson(string path, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        File.WriteAllBytes(path, buffer.WrittenSpan);
    }

    private static void WriteVocabulary(Utf8JsonWriter json, List<byte[]> tokens)
    {
        for (int id = 0; id < tokens.Count; id++)
            json.WriteNumber(ByteAlphabet.ToText(tokens[id]), id);
    }

    private static void WriteConfig(Utf8JsonWriter json, int firstId, IReadOnlyList<(string Text, bool IsSpecial)> added, string? chatTemplate)
    {
        json.WriteBoolean("add_prefix_space", false);
        json.WriteStartObject("added_tokens_decoder");
        for (int i = 0; i < added.Count; i++)
        {
            json.WriteStartObject((firstId + i).ToString(System.Globalization.CultureInfo.InvariantCulture));
            WriteAddedToken(json, added[i]);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteNull("bos_token");
        if (chatTemplate is not null)
            json.WriteString("chat_template", chatTemplate);
        json.WriteBoolean("clean_up_tokenization_spaces", false);
        WriteIfKnown(json, "eos_token", "<|im_end|>", added);
        json.WriteString("errors", "replace");
        WriteIfKnown(json, "pad_token", "<|endoftext|>", added);
        json.WriteBoolean("split_special_tokens", false);
        json.WriteString("tokenizer_class", "Qwen2Tokenizer");
        json.WriteNull("unk_token");
    }

    private static void WriteIfKnown(Utf8JsonWriter json, string name, string token, IReadOnlyList<(string Text, bool IsSpecial)> added) =>
        json.WriteString(name, added.Any(t => t.Text == token) ? token : null);

    private static void WriteAddedToken(Utf8JsonWriter json, (string Text, bool IsSpecial) token)
    {
        json.WriteString("content", token.Text);
        json.WriteBoolean("lstrip", false);
        json.WriteBoolean("normalized", false);
        json.WriteBoolean("rstrip", false);
        json.WriteBoolean("single_word", false);
        json.WriteBoolean("special", token.IsSpecial);
    }

    private static void WriteTokenizer(Utf8JsonWriter json, List<byte[]> tokens, string[] merges, IReadOnlyList<(string Text, bool IsSpecial)> added)
    {
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        json.WriteStartArray("added_tokens");
        for (int i = 0; i < added.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", tokens.Count + i);
            WriteAddedToken(json, added[i]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("normalizer");
        json.WriteString("type", "NFC");
        json.WriteEndObject();
        WritePreTokenizer(json);
        WriteByteLevel(json, "post_processor");
        WriteByteLevel(json, "decoder");
        WriteModel(json, tokens, merges);
    }

    private static void WritePreTokenizer(Utf8JsonWriter json)
    {
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        json.WriteStartObject();
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", PieceSplitter.Pattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
        WriteByteLevel(json, name: null);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteByteLevel(Utf8JsonWriter json, string? name)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", false);
        json.WriteBoolean("use_regex", false);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, List<byte[]> tokens, string[] merges)
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
        WriteVocabulary(json, tokens);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (string merge in merges)
            json.WriteStringValue(merge);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
