using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pixelis.Models.Qwen.Tokenization;

namespace Pixelis.Models.Qwen.Chat;

/// <summary>
/// The chat template that a model folder brings, recognised rather than run: Pixelis renders Qwen's templates itself and needs to know
/// when a folder asks for another one.
/// </summary>
/// <param name="File">The file that holds it; null when the folder has none.</param>
/// <param name="Sha256">Hash of its text (line ends LF, outer white space removed) in lower-case hexadecimal; null without a file.</param>
/// <param name="Format">The family it is, or looks like; null when it is none of Qwen's.</param>
/// <param name="IsPublished">Whether its text is exactly one that Pixelis was checked against.</param>
public sealed record ChatTemplateFile(string? File, string? Sha256, ChatFormat? Format, bool IsPublished)
{
    private static readonly Dictionary<string, ChatFormat> Published = new(StringComparer.Ordinal)
    {
        ["55b2f4a26ac9ee719330a61a0c39d9e538b0e9322212f048326318cff4f8674a"] = ChatFormat.Qwen25,
        ["a0bc6f6fc7a29a80017a433e8f03a1cc1236e838a944a2d034295a60c4f2fddb"] = ChatFormat.Qwen25Vision,
        ["a55ee1b1660128b7098723e0abcd92caa0788061051c62d51cbe87d9cf1974d8"] = ChatFormat.Qwen3,
    };

    /// <summary>A sentence for the user when the template is not one that Pixelis renders exactly; null when all is well.</summary>
    public string? Warning => IsPublished || File is null ? null
        : Format is { } format
            ? $"{File}: the chat template (sha256 {Sha256![..12]}) differs from the published ones; it is rendered as {format}, so prompts may differ from what the model was trained on."
            : $"{File}: the chat template (sha256 {Sha256![..12]}) is none of Qwen's; choose a ChatFormat explicitly.";

    /// <summary>Looks into a folder: chat_template.jinja, then chat_template.json, then tokenizer_config.json.</summary>
    /// <exception cref="ModelFormatException">A file is no valid JSON, too large, or holds the template in an unknown form.</exception>
    public static ChatTemplateFile Inspect(string folder)
    {
        string plain = Path.Combine(folder, "chat_template.jinja");
        if (System.IO.File.Exists(plain))
            return Recognize(plain, Encoding.UTF8.GetString(TokenizerFile.Read(plain).Span));
        foreach (string name in (string[])["chat_template.json", "tokenizer_config.json"])
        {
            string file = Path.Combine(folder, name);
            if (System.IO.File.Exists(file) && TokenizerFile.Query(file, json => ReadMember(file, json)) is { } text)
                return Recognize(file, text);
        }
        return new ChatTemplateFile(null, null, null, false);
    }

    private static ChatTemplateFile Recognize(string file, string text)
    {
        string normalized = text.ReplaceLineEndings("\n").Trim();
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalized)));
        bool isPublished = Published.TryGetValue(hash, out ChatFormat known);
        return new ChatTemplateFile(file, hash, isPublished ? known : Guess(normalized), isPublished);
    }

    private static ChatFormat? Guess(string text) =>
        !text.Contains("<|im_start|>", StringComparison.Ordinal) ? null
        : text.Contains("<|vision_start|>", StringComparison.Ordinal) ? ChatFormat.Qwen25Vision
        : text.Contains("<think>", StringComparison.Ordinal) ? ChatFormat.Qwen3
        : ChatFormat.Qwen25;

    // Either the text itself or a list of named templates, of which "default" counts.
    private static string? ReadMember(string file, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("chat_template", out JsonElement template) || template.ValueKind == JsonValueKind.Null)
            return null;
        if (template.ValueKind == JsonValueKind.String)
            return template.GetString();
        if (template.ValueKind == JsonValueKind.Array)
        {
            JsonElement found = template.EnumerateArray().FirstOrDefault(IsDefault);
            if (found.ValueKind == JsonValueKind.Object && found.TryGetProperty("template", out JsonElement text) && text.ValueKind == JsonValueKind.String)
                return text.GetString();
        }
        throw new ModelFormatException(file, "chat_template is neither a text nor a list with a template named 'default'");
    }

    private static bool IsDefault(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("name", out JsonElement name)
        && name.ValueKind == JsonValueKind.String && name.ValueEquals("default");
}
