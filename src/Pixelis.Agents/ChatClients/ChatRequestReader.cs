using System.Text.Json;
using Microsoft.Extensions.AI;
using Pixelis.Imaging;
using Pixelis.Tools;

namespace Pixelis.Agents.ChatClients;

/// <summary>Reads the messages and options of a chat as a question to an agent.</summary>
internal static class ChatRequestReader
{
    /// <exception cref="ArgumentException">The messages are not a chat that ends with a question.</exception>
    /// <exception cref="NotSupportedException">A message or option asks for what an agent cannot do.</exception>
    /// <exception cref="ImageFormatException">A picture cannot be read.</exception>
    public static AgentRequest Read(IEnumerable<ChatMessage> messages, ChatOptions? options, PixelisAgent agent)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] all = [.. messages];
        int first = 0, question = all.Length;
        while (first < all.Length && all[first].Role == ChatRole.System)
            first++;
        while (question > first && all[question - 1].Role == ChatRole.User)
            question--;
        if (question == all.Length)
            throw new ArgumentException("The last message must be the user's: it is the question.", nameof(messages));
        Message[] asked = [.. all[question..].Select(Translate)];
        return new AgentRequest(string.Join("\n\n", asked.Select(m => m.Text).Where(t => t.Length > 0)), [.. asked.SelectMany(Media)])
        {
            History = [.. all[first..question].Select(Translate)],
            SystemPrompt = Instructions(all[..first], options),
            Generation = ChatOptionsReader.Read(options, agent),
        };
    }

    private static IEnumerable<ContentPart> Media(Message message) => message.Parts.Where(p => p is not TextPart);

    private static string? Instructions(ChatMessage[] system, ChatOptions? options)
    {
        string[] texts = [.. system.Select(m => m.Text).Append(options?.Instructions ?? "").Where(t => t.Length > 0)];
        return texts.Length == 0 ? null : string.Join("\n\n", texts);
    }

    private static Message Translate(ChatMessage message)
    {
        Role role = RoleOf(message);
        var parts = new List<ContentPart>();
        var calls = new List<ToolCall>();
        string reasoning = "";
        foreach (AIContent content in message.Contents)
        {
            switch (content)
            {
                case TextContent text:
                    parts.Add(new TextPart(text.Text));
                    break;
                case TextReasoningContent thought:
                    reasoning += thought.Text;
                    break;
                case DataContent data:
                    parts.Add(new ImagePart(Decode(data)));
                    break;
                case FunctionCallContent call:
                    calls.Add(new ToolCall(call.Name, JsonSerializer.SerializeToElement(call.Arguments ?? new Dictionary<string, object?>())));
                    break;
                case FunctionResultContent result:
                    parts.Add(new TextPart(OpenAIRequest.Text(result.Result)));
                    break;
                case UsageContent:
                    break;
                case UriContent:
                    throw new NotSupportedException("A picture behind an address is not fetched; load it and send it as DataContent.");
                default:
                    throw new NotSupportedException($"{content.GetType().Name} cannot be shown to an agent; text, images as DataContent, and tool calls with their results can.");
            }
        }
        return new Message(role, parts) { ToolCalls = calls, Reasoning = role == Role.Assistant && reasoning.Length > 0 ? reasoning : null };
    }

    private static Role RoleOf(ChatMessage message) => message.Role.Value switch
    {
        "user" => Role.User,
        "assistant" => Role.Assistant,
        "tool" => Role.Tool,
        "system" => throw new NotSupportedException("A system message after the first other message is not supported; put all instructions first."),
        var other => throw new NotSupportedException($"Messages of the role '{other}' are not supported."),
    };

    private static PixelImage Decode(DataContent data) => data.HasTopLevelMediaType("image")
        ? OpenCvImageCodec.Shared.Decode(data.Data.Span)
        : throw new NotSupportedException($"DataContent of the type {data.MediaType} cannot be shown to an agent; images can.");
}
