namespace Pixelis.Data.Formats;

/// <summary>A turn of a conversation in another format: its text, and the pictures it shows.</summary>
internal sealed record ForeignTurn(Role Role, string Text, IReadOnlyList<(MediaKind Kind, string Path)> Media, bool? Loss);
