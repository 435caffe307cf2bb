using Pixelis.Tools;

namespace Pixelis.Serving.Chat;

/// <summary>A message whose pictures are not decoded yet.</summary>
internal sealed record MessageDraft(Role Role, IReadOnlyList<PartDraft> Parts, IReadOnlyList<ToolCall> ToolCalls);

/// <summary>A piece of a message: a text, or the bytes of a picture and where it stood.</summary>
internal sealed record PartDraft(string? Text, byte[]? Picture, string Path);
