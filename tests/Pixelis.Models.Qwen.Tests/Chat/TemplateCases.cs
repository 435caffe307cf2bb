using System.Text.Json;
using Pixelis.Models.Qwen.Chat;
using Pixelis.Tools;

namespace Pixelis.Models.Qwen.Tests.Chat;

/// <summary>A chat and what the published Jinja template renders of it (Jinja 3.1 with the environment that transformers uses).</summary>
internal sealed record TemplateCase(
    string Name, ChatTemplate Template, IReadOnlyList<ToolDefinition> Tools, IReadOnlyList<Message> Messages, bool AddGenerationPrompt, string Text)
{
    public static IReadOnlyList<TemplateCase> All { get; } = Load();

    private static List<TemplateCase> Load()
    {
        using Stream stream = typeof(TemplateCase).Assembly.GetManifestResourceStream("published-templates.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return [.. document.RootElement.EnumerateArray().Select(c => Read(c.Clone()))];
    }

    private static TemplateCase Read(JsonElement source)
    {
        JsonElement options = source.GetProperty("options");
        var format = Enum.Parse<ChatFormat>(source.GetProperty("format").GetString()!);
        var template = new ChatTemplate(format, new ChatTemplateOptions
        {
            EnableThinking = !options.TryGetProperty("enable_thinking", out JsonElement thinking) || thinking.GetBoolean(),
            NumberVisuals = options.TryGetProperty("add_vision_id", out JsonElement number) && number.GetBoolean(),
        });
        return new TemplateCase(
            $"{format}: {source.GetProperty("name").GetString()}", template,
            [.. source.GetProperty("tools").EnumerateArray().Select(t =>
                new ToolDefinition(t.GetProperty("name").GetString()!, t.GetProperty("description").GetString()!, t.GetProperty("parameters")))],
            [.. source.GetProperty("messages").EnumerateArray().Select(ReadMessage)],
            source.GetProperty("addGenerationPrompt").GetBoolean(), source.GetProperty("text").GetString()!);
    }

    private static Message ReadMessage(JsonElement source)
    {
        JsonElement content = source.GetProperty("content");
        ContentPart[] parts = content.ValueKind == JsonValueKind.String ? [new TextPart(content.GetString()!)] : [.. content.EnumerateArray().Select(ReadPart)];
        var role = Enum.Parse<Role>(source.GetProperty("role").GetString()!, ignoreCase: true);
        ToolCall[] calls = source.TryGetProperty("tool_calls", out JsonElement list)
            ? [.. list.EnumerateArray().Select(c => new ToolCall(c.GetProperty("name").GetString()!, c.GetProperty("arguments")))] : [];
        string? reasoning = source.TryGetProperty("reasoning_content", out JsonElement text) ? text.GetString() : null;
        return new Message(role, parts) { ToolCalls = calls, Reasoning = reasoning };
    }

    private static ContentPart ReadPart(JsonElement source) => source.GetProperty("type").GetString() switch
    {
        "image" => new ImagePart(null!), // a template looks at the kind of a part, never at its pixels
        "video" => new VideoPart(null!),
        _ => new TextPart(source.GetProperty("text").GetString()!),
    };
}
