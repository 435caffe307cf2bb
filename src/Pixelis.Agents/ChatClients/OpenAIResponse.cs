using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Pixelis.Agents.ChatClients;

/// <summary>Reads answers of an OpenAI chat completions server, whole or piece by piece.</summary>
internal static class OpenAIResponse
{
    public static ChatResponse ReadWhole(JsonElement root)
    {
        JsonElement choice = FirstChoice(root) ?? throw new RemoteModelException("The server's answer has no 'choices'.");
        if (!choice.TryGetProperty("message", out JsonElement message))
            throw new RemoteModelException("The server's answer has no 'message'.");
        var contents = new List<AIContent>();
        if (String(message, "content") is { Length: > 0 } text)
            contents.Add(new TextContent(text));
        if (message.TryGetProperty("tool_calls", out JsonElement calls) && calls.ValueKind == JsonValueKind.Array)
            contents.AddRange(calls.EnumerateArray().Select(ReadCall));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = String(root, "id"),
            ModelId = String(root, "model"),
            FinishReason = Finish(String(choice, "finish_reason")),
            Usage = ReadUsage(root),
        };
    }

    public static ChatResponseUpdate? ReadPiece(JsonElement root, OpenAIToolCallPieces calls)
    {
        if (FirstChoice(root) is not { } choice)
            return null;
        var update = new ChatResponseUpdate { Role = ChatRole.Assistant, ResponseId = String(root, "id"), ModelId = String(root, "model") };
        if (choice.TryGetProperty("delta", out JsonElement delta))
        {
            if (String(delta, "content") is { Length: > 0 } text)
                update.Contents.Add(new TextContent(text));
            if (delta.TryGetProperty("tool_calls", out JsonElement pieces) && pieces.ValueKind == JsonValueKind.Array)
                calls.Add(pieces);
        }
        if (Finish(String(choice, "finish_reason")) is { } finish)
        {
            update.FinishReason = finish;
            foreach (FunctionCallContent call in calls.Take())
                update.Contents.Add(call);
        }
        return update;
    }

    internal static FunctionCallContent MakeCall(string id, string name, string arguments)
    {
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

    private static FunctionCallContent ReadCall(JsonElement call)
    {
        if (!call.TryGetProperty("function", out JsonElement function))
            throw new RemoteModelException("A tool call of the server's answer has no 'function'.");
        return MakeCall(String(call, "id") ?? "", String(function, "name") ?? "", String(function, "arguments") ?? "{}");
    }

    private static JsonElement? FirstChoice(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("choices", out JsonElement choices)
            && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0 ? choices[0] : null;

    private static ChatFinishReason? Finish(string? reason) => reason switch
    {
        null => null,
        "stop" => ChatFinishReason.Stop,
        "length" => ChatFinishReason.Length,
        "tool_calls" => ChatFinishReason.ToolCalls,
        "content_filter" => ChatFinishReason.ContentFilter,
        _ => new ChatFinishReason(reason),
    };

    private static UsageDetails? ReadUsage(JsonElement root)
    {
        if (!root.TryGetProperty("usage", out JsonElement usage) || usage.ValueKind != JsonValueKind.Object)
            return null;
        return new UsageDetails { InputTokenCount = Long(usage, "prompt_tokens"), OutputTokenCount = Long(usage, "completion_tokens"), TotalTokenCount = Long(usage, "total_tokens") };
    }

    internal static string? String(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Long(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.TryGetInt64(out long number) ? number : null;
}
