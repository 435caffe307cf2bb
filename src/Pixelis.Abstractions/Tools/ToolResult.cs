using System.Text.Json;

namespace Pixelis.Tools;

/// <summary>What a tool returns: an observation for the model, or a message it can act on.</summary>
public sealed record ToolResult
{
    /// <summary>The text the model reads.</summary>
    public required string Text { get; init; }

    /// <summary>Pictures the model sees, in order.</summary>
    public IReadOnlyList<ToolImage> Images { get; init; } = [];

    /// <summary>Whether the call failed; <see cref="Text"/> then says why and what would work.</summary>
    public bool IsError { get; init; }

    /// <summary>The same result for programs; null when there is nothing beyond the text.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>What to draw for people who read the trajectory.</summary>
    public IReadOnlyList<ToolAnnotation> Annotations { get; init; } = [];

    /// <summary>A failed call with a message for the model.</summary>
    public static ToolResult Error(string message) => new() { Text = message, IsError = true };
}
