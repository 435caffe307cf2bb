using Pixelis.Tools;

namespace Pixelis;

/// <summary>One turn of a conversation.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Parts">What is said, in order.</param>
public sealed record Message(Role Role, IReadOnlyList<ContentPart> Parts)
{
    /// <summary>Tool calls an assistant turn makes, in order; empty otherwise.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>The reasoning of an assistant turn, for models that separate it (Qwen3); null when there is none.</summary>
    public string? Reasoning { get; init; }

    /// <summary>All text parts joined.</summary>
    public string Text => string.Concat(Parts.OfType<TextPart>().Select(p => p.Text));

    /// <summary>A system message.</summary>
    public static Message System(string text) => new(Role.System, [new TextPart(text)]);

    /// <summary>A user message of text.</summary>
    public static Message User(string text) => new(Role.User, [new TextPart(text)]);

    /// <summary>A user message of several parts.</summary>
    public static Message User(params ReadOnlySpan<ContentPart> parts) => new(Role.User, parts.ToArray());

    /// <summary>An assistant message of text.</summary>
    public static Message Assistant(string text) => new(Role.Assistant, [new TextPart(text)]);
}
