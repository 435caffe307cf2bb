using System.Globalization;
using System.Text.Json;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>
/// Reads added tokens from the places that hold them: <c>added_tokens</c> of tokenizer.json, <c>added_tokens_decoder</c> of
/// tokenizer_config.json, and plain content-to-id maps (added_tokens.json, special_tokens.json).
/// </summary>
internal static class AddedTokenReader
{
    private static readonly string[] UnsupportedFlags = ["lstrip", "rstrip", "single_word"];

    /// <summary>Reads an array of objects with <c>id</c> and <c>content</c>.</summary>
    public static void ReadArray(string file, JsonElement array, TokenizerDefinition definition)
    {
        Expect(file, array.ValueKind == JsonValueKind.Array, "added_tokens is no array");
        foreach (JsonElement token in array.EnumerateArray())
        {
            bool hasId = token.ValueKind == JsonValueKind.Object && token.TryGetProperty("id", out JsonElement id)
                && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out _);
            Expect(file, hasId, "an added token has no whole number as its id");
            definition.AddAddedToken(file, Read(file, token.GetProperty("id").GetInt32(), token));
        }
    }

    /// <summary>Reads tokenizer_config.json's <c>added_tokens_decoder</c>, where there is one.</summary>
    public static void ReadConfig(string file, JsonElement config, TokenizerDefinition definition)
    {
        Expect(file, config.ValueKind == JsonValueKind.Object, "expected an object");
        if (!config.TryGetProperty("added_tokens_decoder", out JsonElement tokens))
            return;
        Expect(file, tokens.ValueKind == JsonValueKind.Object, "added_tokens_decoder is no object of ids and tokens");
        foreach (JsonProperty token in tokens.EnumerateObject())
        {
            Expect(file, int.TryParse(token.Name, NumberStyles.None, CultureInfo.InvariantCulture, out int id),
                $"added_tokens_decoder has the key '{token.Name}'; expected a token id");
            Expect(file, token.Value.ValueKind == JsonValueKind.Object, $"added token {id} is no object");
            definition.AddAddedToken(file, Read(file, id, token.Value));
        }
    }

    /// <summary>Reads a map of contents and ids, either the whole file or its member <c>tokens</c>.</summary>
    public static void ReadMap(string file, JsonElement map, bool areSpecial, TokenizerDefinition definition)
    {
        Expect(file, map.ValueKind == JsonValueKind.Object, "expected an object of tokens and ids");
        if (map.TryGetProperty("tokens", out JsonElement tokens) && tokens.ValueKind == JsonValueKind.Object)
            map = tokens;
        foreach (JsonProperty token in map.EnumerateObject())
        {
            Expect(file, token.Value.ValueKind == JsonValueKind.Number && token.Value.TryGetInt32(out _), $"token '{token.Name}' has no whole number as its id");
            definition.AddAddedToken(file, new AddedToken(token.Value.GetInt32(), token.Name, areSpecial));
        }
    }

    private static AddedToken Read(string file, int id, JsonElement token)
    {
        bool hasContent = token.TryGetProperty("content", out JsonElement content) && content.ValueKind == JsonValueKind.String;
        Expect(file, hasContent, $"added token {id} has no content");
        foreach (string flag in UnsupportedFlags)
            Expect(file, !Flag(file, token, flag, false), $"added token {id} ('{content.GetString()}') sets {flag}; only false is supported");
        // "normalized" decides whether a token is looked for before or after form C; in ASCII, the only spelling seen, that is the same.
        return new AddedToken(id, content.GetString()!, Flag(file, token, "special", false));
    }

    private static bool Flag(string file, JsonElement token, string name, bool whenAbsent)
    {
        if (!token.TryGetProperty(name, out JsonElement value))
            return whenAbsent;
        Expect(file, value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"an added token's {name} is neither true nor false");
        return value.GetBoolean();
    }

    private static void Expect(string file, bool condition, string problem)
    {
        if (!condition)
            throw new ModelFormatException(file, problem);
    }
}
