using Pixelis.Tools;

namespace Pixelis.Models.Qwen.Chat;

/// <summary>Writes the parts of a chat one after the other; knows what is open and how many images were shown.</summary>
internal sealed class ChatWriter(ChatFormat format, ChatTemplateOptions options)
{
    private const string ToolsIntroduction =
        "# Tools\n\nYou may call one or more functions to assist with the user query.\n\n"
        + "You are provided with function signatures within <tools></tools> XML tags:\n<tools>";

    private const string ToolsInstruction =
        "\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n"
        + "<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call>";

    // Where </tool_response> is no added token, its ">" merges with a line break after it, so that character waits for what follows:
    // results appended one by one then get the ids of results rendered at once. Qwen3 has the token and needs it whole.
    private readonly string _heldBack = format == ChatFormat.Qwen3 ? "" : ">";

    private List<ChatSegment> _segments = [];
    private bool _isToolTurnOpen;
    private int _images;
    private int _videos;

    /// <summary>What was written since the last call.</summary>
    public IReadOnlyList<ChatSegment> Take()
    {
        List<ChatSegment> written = _segments;
        _segments = [];
        return written;
    }

    /// <summary>The system turn that opens a chat: the given message or the format's own, and the tools.</summary>
    public void Start(IReadOnlyList<ToolDefinition> tools, Message? system)
    {
        string? standard = ChatTemplate.DefaultSystemPrompt(format);
        if (system is null && standard is null && tools.Count == 0)
            return;
        Template("<|im_start|>system\n");
        if (system is not null)
            Parts(system);
        else if (standard is not null)
            Template(standard);
        if (tools.Count > 0)
            Tools(tools, separated: system is not null || standard is not null);
        Template("<|im_end|>\n");
    }

    /// <summary>A user turn, or a system turn further down.</summary>
    public void Turn(Message message)
    {
        CloseToolTurn();
        Template(message.Role == Role.System ? "<|im_start|>system\n" : "<|im_start|>user\n");
        Parts(message);
        Template("<|im_end|>\n");
    }

    /// <summary>A tool's result; results in a row share one user turn, which <see cref="CloseToolTurn"/> ends.</summary>
    public void ToolResult(Message message)
    {
        Template(_isToolTurnOpen ? _heldBack : "<|im_start|>user");
        _isToolTurnOpen = true;
        Template("\n<tool_response>\n");
        Parts(message);
        Template("\n</tool_response>"[..^_heldBack.Length]);
    }

    /// <summary>Ends a turn of tool results, if one is open.</summary>
    public void CloseToolTurn()
    {
        if (_isToolTurnOpen)
            Template(_heldBack + "<|im_end|>\n");
        _isToolTurnOpen = false;
    }

    /// <summary>A turn of the model that is given, not sampled.</summary>
    /// <param name="message">The turn.</param>
    /// <param name="reasoning">Decides from the reasoning ("" when there is none) whether a reasoning block is written; Qwen3 only.</param>
    public void Assistant(Message message, Func<string, bool> reasoning)
    {
        CloseToolTurn();
        Template("<|im_start|>assistant\n");
        if (format == ChatFormat.Qwen3)
            ThinkAndAnswer(message, reasoning);
        else
            Answer(message);
        Template("<|im_end|>\n");
    }

    /// <summary>The words of a model's turn alone: what follows <see cref="GenerationPrompt"/>, without the end of the turn.</summary>
    public string SampledText(Message message)
    {
        RefuseVisuals(message, "an assistant's turn is text");
        IReadOnlyList<ChatSegment> earlier = Take();
        if (format == ChatFormat.Qwen3)
            ThinkAndAnswer(message, reasoning => reasoning.Length > 0 && options.EnableThinking);
        else
            Answer(message);
        string text = ChatTemplate.ToText(Take());
        _segments.AddRange(earlier);
        return text;
    }

    /// <summary>What stands before the model's next words.</summary>
    public void GenerationPrompt()
    {
        CloseToolTurn();
        Template("<|im_start|>assistant\n");
        if (format == ChatFormat.Qwen3 && !options.EnableThinking)
            Template("<think>\n\n</think>\n\n");
    }

    /// <summary>Text of the template; joined with template text right before it, so that a token written in two steps is seen whole.</summary>
    public void Template(string text)
    {
        if (_segments.Count > 0 && _segments[^1].Kind == ChatSegmentKind.Template)
            _segments[^1] = ChatSegment.Template(_segments[^1].Text + text);
        else if (text.Length > 0)
            _segments.Add(ChatSegment.Template(text));
    }

    private void Content(string text)
    {
        if (text.Length > 0)
            _segments.Add(ChatSegment.Content(text));
    }

    private void Tools(IReadOnlyList<ToolDefinition> tools, bool separated)
    {
        Template((separated ? "\n\n" : "") + ToolsIntroduction);
        foreach (ToolDefinition tool in tools)
        {
            Template("\n");
            Content($"{{\"type\": \"function\", \"function\": {{\"name\": {PythonJson.Write(tool.Name)}, "
                + $"\"description\": {PythonJson.Write(tool.Description)}, \"parameters\": {PythonJson.Write(tool.Parameters)}}}}}");
        }
        Template(ToolsInstruction);
    }

    private void Answer(Message message)
    {
        Parts(message);
        bool first = message.Parts.All(p => p is TextPart { Text: "" });
        foreach (ToolCall call in message.ToolCalls)
        {
            Template(first ? "" : "\n");
            first = false;
            Call(call);
        }
    }

    private void ThinkAndAnswer(Message message, Func<string, bool> keepsReasoning)
    {
        (string reasoning, string content) = SplitReasoning(message);
        if (keepsReasoning(reasoning))
        {
            Template("<think>\n");
            Content(reasoning.Trim('\n'));
            Template("\n</think>\n\n");
            Content(content.TrimStart('\n'));
        }
        else
        {
            Content(content);
        }
        for (int i = 0; i < message.ToolCalls.Count; i++)
        {
            if (i > 0 || content.Length > 0)
                Template("\n");
            Call(message.ToolCalls[i]);
        }
    }

    // Reasoning kept apart wins; else it is what a think block in the text holds.
    private (string Reasoning, string Content) SplitReasoning(Message message)
    {
        const string close = "</think>";
        const string open = "<think>";
        RefuseVisuals(message);
        string text = message.Text;
        if (message.Reasoning is { } reasoning)
            return (reasoning, text);
        int first = text.IndexOf(close, StringComparison.Ordinal);
        if (first < 0)
            return ("", text);
        string before = text[..first].TrimEnd('\n');
        int lastOpen = before.LastIndexOf(open, StringComparison.Ordinal);
        string inside = lastOpen < 0 ? before : before[(lastOpen + open.Length)..];
        return (inside.TrimStart('\n'), text[(text.LastIndexOf(close, StringComparison.Ordinal) + close.Length)..].TrimStart('\n'));
    }

    private void Call(ToolCall call)
    {
        bool isText = format == ChatFormat.Qwen3 && call.Arguments.ValueKind == System.Text.Json.JsonValueKind.String;
        Template("<tool_call>\n{\"name\": \"");
        Content(call.Name);
        Template("\", \"arguments\": ");
        Content(isText ? call.Arguments.GetString()! : PythonJson.Write(call.Arguments));
        Template("}\n</tool_call>");
    }

    private void Parts(Message message)
    {
        if (format != ChatFormat.Qwen25Vision)
            RefuseVisuals(message);
        foreach (ContentPart part in message.Parts)
        {
            switch (part)
            {
                case TextPart text:
                    Content(text.Text);
                    break;
                case ImagePart:
                    Visual(ChatSegmentKind.Image, "<|image_pad|>", $"Picture {++_images}: ", part);
                    break;
                case VideoPart:
                    Visual(ChatSegmentKind.Video, "<|video_pad|>", $"Video {++_videos}: ", part);
                    break;
            }
        }
    }

    private void Visual(ChatSegmentKind kind, string placeholder, string number, ContentPart part)
    {
        Template((options.NumberVisuals ? number : "") + "<|vision_start|>");
        _segments.Add(new ChatSegment(kind, placeholder, part));
        Template("<|vision_end|>");
    }

    private static void RefuseVisuals(Message message, string reason = "the model reads text only")
    {
        if (message.Parts.Any(p => p is not TextPart))
            throw new PixelisException($"A {message.Role} message holds an image or a video, but {reason}; expected text parts.");
    }
}
