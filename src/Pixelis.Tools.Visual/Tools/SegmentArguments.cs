using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pixelis.Tools.Visual;

/// <summary>Arguments of <see cref="SegmentTool"/>.</summary>
public sealed record SegmentArguments
{
    /// <summary>A point on the object.</summary>
    [JsonPropertyName("point_2d")]
    [Description("A point on the object as [x, y].")]
    public required double[] Point { get; init; }

    /// <summary>A box that holds the whole object.</summary>
    [JsonPropertyName("bbox_2d")]
    [Description("A box that holds the whole object as [x1, y1, x2, y2], when you know one.")]
    public double[]? Box { get; init; }

    /// <summary>Number of the image.</summary>
    [Description("Number of the image; 1 is the first image of the question.")]
    public int TargetImage { get; init; } = 1;

    /// <summary>How the numbers are meant.</summary>
    [Description("How the numbers are meant, when not pixels of the image as shown.")]
    public CoordinateArgument? Coordinates { get; init; }
}
