using Pixelis.Tools;

namespace Pixelis.Models.Qwen.Chat;

/// <summary>
/// Renders a chat turn by turn for a conversation whose tokens are only ever appended: each call returns what comes next. Not thread-safe.
/// </summary>
/// <remarks>
/// Joined, the segments equal <see cref="ChatTemplate.Render"/> of the same messages, with one exception: Qwen3's reasoning stays in
/// earlier turns, since tokens that are in the model's cache cannot be taken back. A turn of tool results is ended by whatever follows
/// it, because further results belong to the same turn; the last character of its text may wait for that too.
/// </remarks>
public sealed class ChatRenderer
{
    private readonly ChatWriter _writer;
    private readonly IReadOnlyList<ToolDefinition> _tools;
    private bool _isStarted;
    private bool _isModelSpeaking;

    internal ChatRenderer(ChatTemplate template, IReadOnlyList<ToolDefinition> tools)
    {
        _writer = new ChatWriter(template.Format, template.Options);
        _tools = tools;
    }

    /// <summary>Renders a message that the model did not sample just now. The first one, when it is a system message, opens the chat.</summary>
    /// <exception cref="PixelisException">A text-only format is given an image or a video.</exception>
    /// <exception cref="InvalidOperationException">The model's turn has not been ended.</exception>
    public IReadOnlyList<ChatSegment> Append(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        RequireTurn(modelSpeaks: false);
        bool opens = !_isStarted && message.Role == Role.System;
        Start(opens ? message : null);
        if (opens)
            return _writer.Take();
        if (message.Role == Role.Assistant)
            _writer.Assistant(message, reasoning => reasoning.Length > 0);
        else if (message.Role == Role.Tool)
            _writer.ToolResult(message);
        else
            _writer.Turn(message);
        return _writer.Take();
    }

    /// <summary>What stands before the model's turn.</summary>
    /// <exception cref="InvalidOperationException">The model's turn has begun already.</exception>
    public IReadOnlyList<ChatSegment> BeginModelTurn()
    {
        RequireTurn(modelSpeaks: false);
        Start(null);
        _writer.GenerationPrompt();
        _isModelSpeaking = true;
        return _writer.Take();
    }

    /// <summary>What stands after the model's sampled tokens.</summary>
    /// <param name="endTokenWasSampled">Whether the last sampled token is <c>&lt;|im_end|&gt;</c>; when the turn was cut short it is added.</param>
    /// <exception cref="InvalidOperationException">The model's turn has not begun.</exception>
    public IReadOnlyList<ChatSegment> EndModelTurn(bool endTokenWasSampled)
    {
        RequireTurn(modelSpeaks: true);
        _isModelSpeaking = false;
        _writer.Template(endTokenWasSampled ? "\n" : "<|im_end|>\n");
        return _writer.Take();
    }

    /// <summary>What a model that follows the template samples in a turn, without the token that ends it. Call it between begin and end of a turn.</summary>
    /// <exception cref="PixelisException">The message holds an image or a video.</exception>
    /// <exception cref="InvalidOperationException">The model's turn has not begun.</exception>
    internal string SampledText(Message message)
    {
        RequireTurn(modelSpeaks: true);
        return _writer.SampledText(message);
    }

    private void Start(Message? system)
    {
        if (!_isStarted)
            _writer.Start(_tools, system);
        _isStarted = true;
    }

    private void RequireTurn(bool modelSpeaks)
    {
        if (_isModelSpeaking != modelSpeaks)
            throw new InvalidOperationException(modelSpeaks ? "The model's turn has not begun." : "The model's turn has not been ended.");
    }
}
