using System.Text.Json.Serialization;

namespace Pixelis.Agents.PixelReasoner;

/// <summary>Arguments of <c>crop_image_normalized</c>.</summary>
internal sealed record PixelReasonerCropArguments
{
    /// <summary>The region as [x1, y1, x2, y2].</summary>
    [JsonPropertyName("bbox_2d")]
    public required double[] Box { get; init; }

    /// <summary>Number of the picture, or of a video's frame. The signature requires it; a call without means 1.</summary>
    [JsonPropertyName("target_image")]
    public double TargetImage { get; init; } = 1;
}
