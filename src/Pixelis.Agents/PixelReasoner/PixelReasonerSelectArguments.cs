using System.Text.Json.Serialization;

namespace Pixelis.Agents.PixelReasoner;

/// <summary>Arguments of <c>select_frames</c>.</summary>
internal sealed record PixelReasonerSelectArguments
{
    /// <summary>Numbers of frames, from 1.</summary>
    [JsonPropertyName("target_frames")]
    public required int[] Frames { get; init; }
}
