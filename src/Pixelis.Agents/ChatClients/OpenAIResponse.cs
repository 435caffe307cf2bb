using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Pixelis.Agents.ChatClients;

/// <summary>Reads answers of an OpenAI chat completions server, whole or piece by piece. Takes nothing for granted about their form.</summary>
internal static class OpenAIResponse
{
    public static ChatResponse ReadWhole(JsonElement root, string host)
    {
        ThrowIfError(root, host);
        JsonElement choice = FirstChoice(root) ?? throw new RemoteModelException($"The answer of {host} has no 'choices'.");
        JsonElement message = Object(choice, "message") ?? throw new RemoteModelException($"The answer of {host} has no 'message'.");
        var contents = new List<AIContent>();
        if (Reasoning(message) is { Length: > 0 } thought)
            contents.Add(new TextReasoningContent(thought));
        if (String(message, "content") is { Length: > 0 } text)
            contents.Add(new TextContent(text));
        foreach (JsonElement call in Array(message, "tool_calls"))
        {
            JsonElement function = Object(call, "function") ?? throw new RemoteModelException($"A tool call of the answer of {host} has no 'function'.");
            contents.Add(MakeCall(String(call, "id"), String(function, "name") ?? "", String(function, "arguments") ?? "{}"));
        }
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = String(root, "id"),
            ModelId = String(root, "model"),
            FinishReason = Finish(String(choice, "finish_reason")),
            Usage = ReadUsage(root),
        };
    }

    public static ChatResponseUpdate? ReadPiece(JsonElement root, OpenAIToolCallPieces calls, string host)
    {
        ThrowIfError(root, host);
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ResponseId = String(root, "id"), ModelId = String(root, "model") };
        if (ReadUsage(root) is { } usage)
            update.Contents.Add(new UsageContent(usage));
        if (FirstChoice(root) is not { } choice)
            return update.Contents.Count > 0 ? update : null;
        if (Object(choice, "delta") is { } delta)
        {
            if (Reasoning(delta) is { Length: > 0 } thought)
                update.Contents.Add(new TextReasoningContent(thought));
            if (String(delta, "content") is { Length: > 0 } text)
                update.Contents.Add(new TextContent(text));
            calls.Add(Array(delta, "tool_calls"));
        }
        if (Finish(String(choice, "finish_reason")) is { } finish)
        {
            update.FinishReason = finish;
            foreach (FunctionCallContent call in calls.Take())
                update.Contents.Add(call);
        }
        return update;
    }

    /// <summary>A call as the server wrote it; one without an id, which some servers leave out, gets one.</summary>
    internal static FunctionCallContent MakeCall(string? id, string name, string arguments)
    {
        if (string.IsNullOrEmpty(id))
            id = "call_" + Guid.NewGuid().ToString("N");
        try
        {
            var values = JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments.Length == 0 ? "{}" : arguments);
            return new FunctionCallContent(id, name, values);
        }
        catch (JsonException e)
        {
            // The agent tells the model what was wrong; the client only reports it.
            return new FunctionCallContent(id, name) { Exception = e };
        }
    }

    internal static string? String(JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    internal static JsonElement? Object(JsonElement element, string name) => Property(element, name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    internal static int? Integer(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number) ? number : null;

    private static IEnumerable<JsonElement> Array(JsonElement element, string name) =>
        Property(element, name) is { ValueKind: JsonValueKind.Array } value ? value.EnumerateArray() : [];

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    // vLLM, DeepSeek and llama.cpp report the reasoning of a thinking model beside its text, under one name or the other.
    private static string? Reasoning(JsonElement message) => String(message, "reasoning_content") ?? String(message, "reasoning");

    // A server may fail after it said 200: in place of an answer, or in the middle of a stream.
    private static void ThrowIfError(JsonElement root, string host)
    {
        if (Property(root, "error") is not { } error || error.ValueKind is JsonValueKind.Null or JsonValueKind.False)
            return;
        string text = String(error, "message") ?? (error.ValueKind == JsonValueKind.String ? error.GetString()! : error.GetRawText());
        throw new RemoteModelException($"{host} reports an error: {(text.Length <= 500 ? text : text[..500])}", Integer(error, "code"));
    }

    private static JsonElement? FirstChoice(JsonElement root)
    {
        foreach (JsonElement choice in Array(root, "choices"))
            return choice;
        return null;
    }

    private static ChatFinishReason? Finish(string? reason) => reason switch
    {
        null => null,
        "stop" => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        "tool_calls" => ChatFinishReason.ToolCalls,
        "content_filter" => ChatFinishReason.ContentFilter,
        "" => null,
        _ => new ChatFinishReason(reason),
    };

    private static UsageDetails? ReadUsage(JsonElement root) => Object(root, "usage") is not { } usage ? null : new UsageDetails
    {
        InputTokenCount = Integer(usage, "prompt_tokens"),
        OutputTokenCount = Integer(usage, "completion_tokens"),
        TotalTokenCount = Integer(usage, "total_tokens"),
    };
}
