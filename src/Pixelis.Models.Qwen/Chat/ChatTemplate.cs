using Pixelis.Tools;

namespace Pixelis.Models.Qwen.Chat;

/// <summary>
/// Qwen's chat templates, rendered natively: the same text as the published Jinja templates give, but in segments that keep the
/// template's control tokens apart from what people, tools and models wrote. Immutable and thread-safe.
/// </summary>
/// <param name="format">The family.</param>
/// <param name="options">The template's choices; null for the defaults.</param>
public sealed class ChatTemplate(ChatFormat format, ChatTemplateOptions? options = null)
{
    /// <summary>The family.</summary>
    public ChatFormat Format { get; } = format;

    /// <summary>The template's choices.</summary>
    public ChatTemplateOptions Options { get; } = options ?? new ChatTemplateOptions();

    /// <summary>The system prompt of chats that bring none; null when the format then has no system turn.</summary>
    public static string? DefaultSystemPrompt(ChatFormat format) => format switch
    {
        ChatFormat.Qwen25 => "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.",
        ChatFormat.Qwen25Vision => "You are a helpful assistant.",
        _ => null,
    };

    /// <summary>The text of segments, each image and video with a single placeholder: what the published template renders.</summary>
    public static string ToText(IEnumerable<ChatSegment> segments) => string.Concat(segments.Select(s => s.Text));

    /// <summary>Renders a whole chat, as for training or a prompt from scratch.</summary>
    /// <param name="messages">The turns in order. A system message may open it.</param>
    /// <param name="tools">Tools the model is told about; null or empty for none.</param>
    /// <param name="addGenerationPrompt">Whether the text ends where the model is to speak.</param>
    /// <exception cref="PixelisException">A text-only format is given an image or a video.</exception>
    /// <remarks>
    /// Qwen3 drops the reasoning of turns before the last question, so the rendering of a longer chat does not begin with that of a
    /// shorter one. A running conversation must append instead: <see cref="StartConversation"/>.
    /// </remarks>
    public IReadOnlyList<ChatSegment> Render(IReadOnlyList<Message> messages, IReadOnlyList<ToolDefinition>? tools = null, bool addGenerationPrompt = true)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var writer = new ChatWriter(Format, Options);
        bool opensWithSystem = messages.Count > 0 && messages[0].Role == Role.System;
        writer.Start(tools ?? [], opensWithSystem ? messages[0] : null);
        int lastQuery = LastQuery(messages);
        for (int i = opensWithSystem ? 1 : 0; i < messages.Count; i++)
        {
            bool mayThink = i > lastQuery;
            bool isLast = i == messages.Count - 1;
            switch (messages[i].Role)
            {
                case Role.Assistant:
                    writer.Assistant(messages[i], reasoning => mayThink && (isLast || reasoning.Length > 0));
                    break;
                case Role.Tool:
                    writer.ToolResult(messages[i]);
                    break;
                default:
                    writer.Turn(messages[i]);
                    break;
            }
        }
        writer.CloseToolTurn();
        if (addGenerationPrompt)
            writer.GenerationPrompt();
        return writer.Take();
    }

    /// <summary>Starts a chat that is rendered turn by turn.</summary>
    /// <param name="tools">Tools the model is told about; null or empty for none.</param>
    public ChatRenderer StartConversation(IReadOnlyList<ToolDefinition>? tools = null) => new(this, tools ?? []);

    // The last user turn that asks something: one that only carries a tool's response does not end a chain of calls.
    private static int LastQuery(IReadOnlyList<Message> messages)
    {
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            string text = messages[i].Text;
            bool isResponse = text.StartsWith("<tool_response>", StringComparison.Ordinal) && text.EndsWith("</tool_response>", StringComparison.Ordinal);
            if (messages[i].Role == Role.User && !isResponse)
                return i;
        }
        return messages.Count - 1;
    }
}
