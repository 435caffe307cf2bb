using System.Text.Json;
using Pixelis.Serving.Errors;
using Pixelis.Tools;

namespace Pixelis.Serving.Chat;

/// <summary>Reads the messages of a chat: instructions, earlier turns, and last the user's question. For one request.</summary>
internal sealed class MessagesReader(PixelisServingOptions options)
{
    private readonly PictureReader _pictures = new(options);

    public (string? Instructions, IReadOnlyList<MessageDraft> Messages) Read(JsonFields fields)
    {
        if (fields.Array("messages") is not { Count: > 0 } all)
            throw ApiException.Invalid("'messages' is missing or empty: it must end with the user's question.", "messages", "missing_required_parameter");
        var instructions = new List<string>();
        var messages = new List<MessageDraft>();
        for (int i = 0; i < all.Count; i++)
        {
            string path = $"messages[{i}]";
            var message = new JsonFields(all[i], path);
            if (message.RequiredText("role") is "system" or "developer")
                instructions.Add(Instruction(message, isFirst: messages.Count == 0));
            else
                messages.Add(ReadMessage(message));
        }
        if (messages.Count == 0 || messages[^1].Role != Role.User)
            throw ApiException.Invalid("The last message must be the user's: it is the question.", "messages", "invalid_value");
        return (instructions.Count == 0 ? null : string.Join("\n\n", instructions), messages);
    }

    private string Instruction(JsonFields message, bool isFirst)
    {
        string path = message.PathOf("role");
        if (!isFirst)
            throw ApiException.Invalid("Instructions must come before all other messages.", path, "invalid_value");
        return string.Concat(ReadContent(message, Role.System).Select(p => p.Text));
    }

    private MessageDraft ReadMessage(JsonFields message)
    {
        string role = message.RequiredText("role");
        switch (role)
        {
            case "user":
                return new MessageDraft(Role.User, Required(message, ReadContent(message, Role.User)), []);
            case "assistant":
                IReadOnlyList<ToolCall> calls = ReadCalls(message);
                IReadOnlyList<PartDraft> said = ReadContent(message, Role.Assistant);
                return new MessageDraft(Role.Assistant, calls.Count > 0 ? said : Required(message, said), calls);
            case "tool":
                return new MessageDraft(Role.Tool, Required(message, ReadContent(message, Role.Tool)), []);
            default:
                throw ApiException.Invalid($"'{message.PathOf("role")}' must be system, developer, user, assistant or tool.", message.PathOf("role"), "invalid_value");
        }
    }

    private static IReadOnlyList<PartDraft> Required(JsonFields message, IReadOnlyList<PartDraft> parts) => parts.Count > 0
        ? parts
        : throw ApiException.Invalid($"'{message.PathOf("content")}' is missing or empty.", message.PathOf("content"), "missing_required_parameter");

    private IReadOnlyList<PartDraft> ReadContent(JsonFields message, Role role)
    {
        if (message.Find("content") is not { } content)
            return [];
        if (content.ValueKind == JsonValueKind.String)
            return message.Text("content") is { Length: > 0 } text ? [new PartDraft(text, null, message.PathOf("content"))] : [];
        if (content.ValueKind != JsonValueKind.Array)
            throw message.Wrong("content", "a text or an array of parts", content);
        return [.. message.Array("content")!.Select((part, i) => ReadPart(new JsonFields(part, $"{message.PathOf("content")}[{i}]"), role))];
    }

    private PartDraft ReadPart(JsonFields part, Role role)
    {
        switch (part.RequiredText("type"))
        {
            case "text":
                return new PartDraft(part.Text("text") ?? throw ApiException.Invalid($"'{part.PathOf("text")}' is missing.", part.PathOf("text"), "missing_required_parameter"), null, part.PathOf("text"));
            case "image_url" when role == Role.User:
                JsonFields image = part.Object("image_url") ?? throw ApiException.Invalid($"'{part.PathOf("image_url")}' is missing.", part.PathOf("image_url"), "missing_required_parameter");
                if (image.Text("detail") is not (null or "auto" or "low" or "high"))
                    throw ApiException.Invalid($"'{image.PathOf("detail")}' must be auto, low or high.", image.PathOf("detail"), "invalid_value");
                return new PartDraft(null, _pictures.Read(image.RequiredText("url"), image.PathOf("url")), image.PathOf("url"));
            case "image_url":
                throw ApiException.Invalid("Pictures are taken in the user's messages only.", part.PathOf("type"), "invalid_value");
            default:
                throw ApiException.Invalid($"'{part.PathOf("type")}' must be text or image_url: this server reads texts and pictures.", part.PathOf("type"), "invalid_value");
        }
    }

    // Calls of an earlier conversation are shown to the model as they were made.
    private static IReadOnlyList<ToolCall> ReadCalls(JsonFields message)
    {
        var calls = new List<ToolCall>();
        IReadOnlyList<JsonElement> all = message.Array("tool_calls") ?? [];
        for (int i = 0; i < all.Count; i++)
        {
            var call = new JsonFields(all[i], $"{message.PathOf("tool_calls")}[{i}]");
            JsonFields function = call.Object("function") ?? throw ApiException.Invalid($"'{call.PathOf("function")}' is missing.", call.PathOf("function"), "missing_required_parameter");
            calls.Add(new ToolCall(function.RequiredText("name"), ReadArguments(function)));
        }
        return calls;
    }

    private static JsonElement ReadArguments(JsonFields function)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false };
            using JsonDocument arguments = JsonDocument.Parse(function.Text("arguments") is { Length: > 0 } text ? text : "{}", options);
            ReadAll(arguments.RootElement);
            return arguments.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw ApiException.Invalid($"'{function.PathOf("arguments")}' is not JSON.", function.PathOf("arguments"), "invalid_value");
        }
    }

    // Half of a surrogate pair is found only by reading.
    private static void ReadAll(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    _ = property.Name;
                    ReadAll(property.Value);
                }
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                    ReadAll(item);
                break;
            case JsonValueKind.String:
                _ = value.GetString();
                break;
        }
    }
}
