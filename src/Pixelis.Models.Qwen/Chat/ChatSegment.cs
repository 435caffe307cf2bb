namespace Pixelis.Models.Qwen.Chat;

/// <summary>A piece of a rendered chat.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; for an image or a video one placeholder token, to be repeated.</param>
/// <param name="Part">The image or video; null for text.</param>
public sealed record ChatSegment(ChatSegmentKind Kind, string Text, ContentPart? Part = null)
{
    internal static ChatSegment Template(string text) => new(ChatSegmentKind.Template, text);

    internal static ChatSegment Content(string text) => new(ChatSegmentKind.Content, text);
}
