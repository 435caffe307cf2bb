using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Pixelis.Agents.ChatClients;

/// <summary>Writes the body of an OpenAI chat completions request.</summary>
internal static class OpenAIRequest
{
    /// <summary>Settings that vLLM and llama.cpp have beside OpenAI's, taken from the additional properties when they are there.</summary>
    private static readonly string[] Extras = ["min_p", "repetition_penalty"];

    public static JsonObject Create(string model, IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var body = new JsonObject { ["model"] = options?.ModelId ?? model, ["messages"] = Messages(messages) };
        if (stream)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }
        if (options is null)
            return body;
        if (options.MaxOutputTokens is { } max)
            body["max_tokens"] = max;
        if (options.Temperature is { } temperature)
            body["temperature"] = temperature;
        if (options.TopP is { } topP)
            body["top_p"] = topP;
        if (options.TopK is { } topK)
            body["top_k"] = topK;
        if (options.PresencePenalty is { } presence)
            body["presence_penalty"] = presence;
        foreach (string extra in Extras)
        {
            if (options.AdditionalProperties?.TryGetValue(extra, out double value) == true)
                body[extra] = value;
        }
        if (options.Seed is { } seed)
            body["seed"] = seed;
        if (options.StopSequences is { Count: > 0 } stops)
            body["stop"] = new JsonArray([.. stops.Select(s => (JsonNode?)s)]);
        if (options.Tools?.OfType<AIFunctionDeclaration>().ToList() is { Count: > 0 } tools)
            body["tools"] = new JsonArray([.. tools.Select(Tool)]);
        return body;
    }

    private static JsonNode Tool(AIFunctionDeclaration tool) => new JsonObject
    {
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
        },
    };

    private static JsonArray Messages(IEnumerable<ChatMessage> messages)
    {
        var written = new JsonArray();
        foreach (ChatMessage message in messages)
        {
            foreach (FunctionResultContent result in message.Contents.OfType<FunctionResultContent>())
                written.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = result.CallId, ["content"] = Text(result.Result) });
            if (message.Contents.All(c => c is FunctionResultContent))
                continue;
            var item = new JsonObject { ["role"] = message.Role.Value, ["content"] = Content(message) };
            JsonNode?[] calls = [.. message.Contents.OfType<FunctionCallContent>().Select(Call)];
            if (calls.Length > 0)
                item["tool_calls"] = new JsonArray(calls);
            written.Add(item);
        }
        return written;
    }

    private static JsonNode Call(FunctionCallContent call) => new JsonObject
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>()) },
    };

    private static JsonNode? Content(ChatMessage message)
    {
        if (message.Contents.All(c => c is TextContent or FunctionCallContent or FunctionResultContent))
            return message.Text;
        var parts = new JsonArray();
        foreach (AIContent content in message.Contents)
        {
            JsonNode? part = content switch
            {
                TextContent text => new JsonObject { ["type"] = "text", ["text"] = text.Text },
                DataContent data => ImageUrl(data.Uri),
                UriContent uri => ImageUrl(uri.Uri.ToString()),
                _ => null,
            };
            if (part is not null)
                parts.Add(part);
        }
        return parts;
    }

    private static JsonObject ImageUrl(string uri) => new() { ["type"] = "image_url", ["image_url"] = new JsonObject { ["url"] = uri } };

    internal static string Text(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        _ => JsonSerializer.Serialize(result),
    };
}
