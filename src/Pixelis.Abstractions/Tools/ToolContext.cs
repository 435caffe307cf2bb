namespace Pixelis.Tools;

/// <summary>
/// What a tool can see of the episode it runs in. Tools only read it; state a tool keeps between calls of one episode
/// (a running track) goes into <see cref="State"/>.
/// </summary>
public sealed class ToolContext
{
    /// <summary>All pictures and videos so far, by number from 1.</summary>
    public required IReadOnlyList<NumberedVisual> Inputs { get; init; }

    /// <summary>How the model writes places.</summary>
    public CoordinateSpace Coordinates { get; init; } = CoordinateSpace.SeenPixels;

    /// <summary>State of this episode's tools.</summary>
    public EpisodeState State { get; init; } = new();
}
