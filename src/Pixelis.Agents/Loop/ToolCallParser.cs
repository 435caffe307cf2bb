using System.Text;
using System.Text.Json;
using Pixelis.Tools;

namespace Pixelis.Agents.Loop;

/// <summary>
/// Finds the tool calls in what a model wrote: <c>&lt;tool_call&gt;{"name": ..., "arguments": {...}}&lt;/tool_call&gt;</c>, the form
/// that Qwen's chat template defines. Whatever the text is, parsing neither throws nor takes more than linear time; a call that
/// cannot be read becomes a <see cref="ParsedToolCall"/> with a message the model can act on.
/// </summary>
internal static class ToolCallParser
{
    public const string Open = "<tool_call>";
    public const string Close = "</tool_call>";

    /// <summary>Most characters of one call; longer ones are refused unread.</summary>
    public const int MaxCallLength = 65_536;

    private static readonly JsonDocumentOptions JsonLimits = new() { MaxDepth = 32, AllowTrailingCommas = true };

    /// <summary>The calls of a turn in the order they were written.</summary>
    public static IReadOnlyList<ParsedToolCall> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<ParsedToolCall>? calls = null;
        int position = 0;
        while (true)
        {
            int open = text.IndexOf(Open, position, StringComparison.Ordinal);
            if (open < 0)
                return calls ?? (IReadOnlyList<ParsedToolCall>)[];
            int bodyStart = open + Open.Length;
            int close = text.IndexOf(Close, bodyStart, StringComparison.Ordinal);
            calls ??= [];
            if (close < 0)
            {
                calls.Add(ParsedToolCall.Malformed($"The call was not finished: {Close} is missing."));
                return calls;
            }
            calls.Add(ParseBody(text.AsMemory(bodyStart, close - bodyStart)));
            position = close + Close.Length;
        }
    }

    private static ParsedToolCall ParseBody(ReadOnlyMemory<char> body)
    {
        if (body.Length > MaxCallLength)
            return ParsedToolCall.Malformed($"The call has {body.Length} characters; at most {MaxCallLength} are read.");
        try
        {
            // By way of UTF-8 with replacement: half a surrogate pair is no JSON error to System.Text.Json but an ArgumentException.
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(body.ToArray()), JsonLimits);
            return ReadCall(document.RootElement);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for an escaped half of a surrogate pair, when the text is asked for and not before.
            return ParsedToolCall.Malformed("The call holds half a surrogate pair, which is no character. " + Expected);
        }
        catch (JsonException e)
        {
            return ParsedToolCall.Malformed($"The call is not valid JSON ({FirstSentence(e.Message)}). " + Expected);
        }
    }

    private const string Expected = "Write {\"name\": <tool>, \"arguments\": {...}}.";

    private static ParsedToolCall ReadCall(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return ParsedToolCall.Malformed("The call must be a JSON object. " + Expected);
        if (!root.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String)
            return ParsedToolCall.Malformed("The call has no \"name\". " + Expected);
        if (!root.TryGetProperty("arguments", out JsonElement arguments))
            return ParsedToolCall.Of(new ToolCall(name.GetString()!, EmptyObject()));
        return arguments.ValueKind switch
        {
            JsonValueKind.Object => Readable(name.GetString()!, arguments),
            JsonValueKind.String => ReadStringArguments(name.GetString()!, arguments.GetString()!),
            _ => ParsedToolCall.Malformed("\"arguments\" must be a JSON object. " + Expected),
        };
    }

    // Some models quote the arguments object once more, as OpenAI's wire format does.
    private static ParsedToolCall ReadStringArguments(string name, string quoted)
    {
        using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(quoted), JsonLimits);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? Readable(name, document.RootElement)
            : ParsedToolCall.Malformed("\"arguments\" must be a JSON object. " + Expected);
    }

    private static ParsedToolCall Readable(string name, JsonElement arguments)
    {
        // Writing them reads every text once: what cannot be written would throw in a tool, or when the trajectory is saved.
        if (arguments.GetRawText().Contains("\\u", StringComparison.Ordinal))
        {
            using var writer = new Utf8JsonWriter(Stream.Null);
            arguments.WriteTo(writer);
        }
        return ParsedToolCall.Of(new ToolCall(name, arguments.Clone()));
    }

    private static JsonElement EmptyObject()
    {
        using JsonDocument document = JsonDocument.Parse("{}");
        return document.RootElement.Clone();
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        string first = end < 0 ? message : message[..end];
        return first.Length <= 160 ? first : first[..160];
    }
}
