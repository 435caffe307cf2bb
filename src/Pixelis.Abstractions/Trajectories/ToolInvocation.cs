using Pixelis.Tools;

namespace Pixelis.Trajectories;

/// <summary>One tool call of a trajectory and what came of it.</summary>
public sealed record ToolInvocation
{
    /// <summary>The call as the model wrote it; its name is empty when it could not be parsed.</summary>
    public required ToolCall Call { get; init; }

    /// <summary>What the tool returned. Its pictures are named by <see cref="ImageNumbers"/> and not kept in the record.</summary>
    public required string ResultText { get; init; }

    /// <summary>Whether the call failed.</summary>
    public bool IsError { get; init; }

    /// <summary>Numbers of the pictures the call added.</summary>
    public IReadOnlyList<int> ImageNumbers { get; init; } = [];

    /// <summary>The result for programs.</summary>
    public System.Text.Json.JsonElement? Data { get; init; }

    /// <summary>What to draw.</summary>
    public IReadOnlyList<ToolAnnotation> Annotations { get; init; } = [];

    /// <summary>Time the tool took.</summary>
    public TimeSpan Duration { get; init; }
}
