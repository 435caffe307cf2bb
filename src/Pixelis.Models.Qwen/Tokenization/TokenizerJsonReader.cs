using System.Text.Json;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>Reads tokenizer.json and refuses what this tokenizer would do differently from what the file asks for.</summary>
internal static class TokenizerJsonReader
{
    /// <summary>Reads the file.</summary>
    public static void Read(string file, TokenizerDefinition definition) =>
        TokenizerFile.Parse(file, TokenizerFile.Read(file), (ref Utf8JsonReader reader) => ReadRoot(file, ref reader, definition));

    private static void ReadRoot(string file, ref Utf8JsonReader reader, TokenizerDefinition definition)
    {
        Expect(file, reader.TokenType == JsonTokenType.StartObject, "expected an object");
        bool hasModel = false;
        bool hasPreTokenizer = false;
        definition.Normalizes = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == "model")
            {
                ReadModel(file, ref reader, definition);
                hasModel = true;
                continue;
            }
            if (name is not ("added_tokens" or "normalizer" or "pre_tokenizer"))
            {
                reader.Skip();
                continue;
            }
            using JsonDocument part = JsonDocument.ParseValue(ref reader);
            if (name == "added_tokens")
                AddedTokenReader.ReadArray(file, part.RootElement, definition);
            else if (name == "normalizer")
                definition.Normalizes = ReadNormalizer(file, part.RootElement);
            else
                hasPreTokenizer = CheckPreTokenizer(file, part.RootElement);
        }
        Expect(file, hasModel, "there is no 'model'");
        Expect(file, hasPreTokenizer, "there is no 'pre_tokenizer'; expected Qwen's split rule");
    }

    private static void ReadModel(string file, ref Utf8JsonReader reader, TokenizerDefinition definition)
    {
        Expect(file, reader.TokenType == JsonTokenType.StartObject, "'model' is no object");
        bool hasVocabulary = false;
        bool hasMerges = false;
        Utf8JsonReader merges = default; // they need the vocabulary, which may follow
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "vocab":
                    VocabularyReader.ReadVocabulary(file, ref reader, definition);
                    hasVocabulary = true;
                    break;
                case "merges":
                    merges = reader;
                    hasMerges = true;
                    reader.Skip();
                    break;
                case "type":
                    Expect(file, reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("BPE"), "model.type is not BPE");
                    break;
                default:
                    CheckModelOption(file, name, ref reader);
                    break;
            }
        }
        Expect(file, hasVocabulary && hasMerges, "'model' has no 'vocab' or no 'merges'");
        VocabularyReader.ReadMerges(file, ref merges, definition);
    }

    // Options that would change ids; each is off in Qwen's tokenizers.
    private static void CheckModelOption(string file, string name, ref Utf8JsonReader reader)
    {
        bool isOff = reader.TokenType is JsonTokenType.Null or JsonTokenType.False
            || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(""))
            || (reader.TokenType == JsonTokenType.Number && reader.GetDouble() == 0);
        bool matters = name is "dropout" or "continuing_subword_prefix" or "end_of_word_suffix" or "byte_fallback" or "ignore_merges";
        Expect(file, isOff || !matters, $"model.{name} is set; only Qwen's byte-level BPE, which leaves it off, is supported");
        reader.Skip();
    }

    private static bool ReadNormalizer(string file, JsonElement normalizer)
    {
        if (normalizer.ValueKind == JsonValueKind.Null)
            return false;
        string? type = TypeOf(normalizer);
        if (type == "Sequence" && normalizer.TryGetProperty("normalizers", out JsonElement parts) && parts.ValueKind == JsonValueKind.Array)
            return parts.EnumerateArray().Select(part => ReadNormalizer(file, part)).ToArray().Contains(true);
        Expect(file, type == "NFC", $"the normalizer is {type ?? "no object with a type"}; expected NFC or none");
        return true;
    }

    private static bool CheckPreTokenizer(string file, JsonElement preTokenizer)
    {
        JsonElement[] steps = TypeOf(preTokenizer) == "Sequence" && preTokenizer.TryGetProperty("pretokenizers", out JsonElement list)
            && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
        Expect(file, steps.Length == 2 && TypeOf(steps[0]) == "Split" && TypeOf(steps[1]) == "ByteLevel",
            "the pre_tokenizer is not the sequence of Split and ByteLevel that Qwen2, Qwen2.5 and Qwen3 use");
        string? regex = steps[0].TryGetProperty("pattern", out JsonElement pattern) && pattern.ValueKind == JsonValueKind.Object
            && pattern.TryGetProperty("Regex", out JsonElement text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        Expect(file, regex == PieceSplitter.Pattern, $"the split pattern is {regex ?? "missing"}; expected {PieceSplitter.Pattern}");
        bool isIsolated = steps[0].TryGetProperty("behavior", out JsonElement behavior) && behavior.ValueEquals("Isolated");
        Expect(file, isIsolated && !IsTrue(steps[0], "invert"), "the split behaves otherwise than Isolated, not inverted");
        // Absent, both count as true.
        Expect(file, IsFalse(steps[1], "add_prefix_space") && IsFalse(steps[1], "use_regex"), "ByteLevel sets add_prefix_space or use_regex; expected false");
        return true;
    }

    private static string? TypeOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String
            ? type.GetString() : null;

    private static bool IsTrue(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static bool IsFalse(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.False;

    private static void Expect(string file, bool condition, string problem)
    {
        if (!condition)
            throw new ModelFormatException(file, problem);
    }
}
