using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pixelis.Tools.Visual;

/// <summary>Arguments of <see cref="ZoomTool"/>: a box, or a centre and a factor.</summary>
public sealed record ZoomArguments
{
    /// <summary>The region as [x1, y1, x2, y2].</summary>
    [JsonPropertyName("bbox_2d")]
    [Description("Region to look at as [x1, y1, x2, y2]. Give this, or center and factor.")]
    public double[]? Box { get; init; }

    /// <summary>Centre of the region as [x, y].</summary>
    [Description("Centre of the region as [x, y], with factor.")]
    public double[]? Center { get; init; }

    /// <summary>How many times closer, with <see cref="Center"/>: the region is 1/factor of the image's width and height.</summary>
    [Description("How many times closer to look at center; 1 to 64, default 2.")]
    public double? Factor { get; init; }

    /// <summary>Number of the image.</summary>
    [Description("Number of the image to look at; 1 is the first image of the question.")]
    public int TargetImage { get; init; } = 1;

    /// <summary>How the numbers are meant, when not as usual.</summary>
    [Description("How the numbers are meant, when not pixels of the image as shown.")]
    public CoordinateArgument? Coordinates { get; init; }
}
