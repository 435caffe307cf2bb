using System.Text.Json;
using Pixelis.Tools;

namespace Pixelis.Data;

/// <summary>Finds the calls in a turn's text, in Qwen's form. Never throws on what a text holds.</summary>
internal static class WrittenCalls
{
    private const string Open = "<tool_call>";
    private const string Close = "</tool_call>";

    /// <summary>How many calls are written, readable or not.</summary>
    public static int Count(string text) => Bodies(text).Count();

    /// <summary>The calls that can be read.</summary>
    public static IReadOnlyList<ToolCall> Read(string text) => [.. Bodies(text).Select(TryRead).OfType<ToolCall>()];

    private static IEnumerable<string> Bodies(string text)
    {
        for (int open = text.IndexOf(Open, StringComparison.Ordinal); open >= 0;)
        {
            int start = open + Open.Length, close = text.IndexOf(Close, start, StringComparison.Ordinal);
            yield return close < 0 ? text[start..] : text[start..close];
            open = close < 0 ? -1 : text.IndexOf(Open, close, StringComparison.Ordinal);
        }
    }

    private static ToolCall? TryRead(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32, AllowTrailingCommas = true });
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String)
                return null;
            JsonElement arguments = root.TryGetProperty("arguments", out JsonElement given) && given.ValueKind == JsonValueKind.Object ? given.Clone() : JsonElement.Parse("{}");
            return new ToolCall(name.GetString()!, arguments);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
