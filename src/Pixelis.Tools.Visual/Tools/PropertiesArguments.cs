using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pixelis.Tools.Visual;

/// <summary>Arguments of <see cref="PropertiesTool"/>: an object, several, or a box.</summary>
public sealed record PropertiesArguments
{
    /// <summary>Name of a segmented object.</summary>
    [Description("Name of an object that SEGMENT_OBJECT_AT returned, such as obj1. Give this, objects, or bbox_2d.")]
    public string? Object { get; init; }

    /// <summary>Names of several segmented objects, measured one after the other.</summary>
    [Description("Names of several such objects, at most 8, to measure them all.")]
    public string[]? Objects { get; init; }

    /// <summary>A region.</summary>
    [JsonPropertyName("bbox_2d")]
    [Description("A region as [x1, y1, x2, y2].")]
    public double[]? Box { get; init; }

    /// <summary>Number of the image.</summary>
    [Description("Number of the image, with bbox_2d; 1 is the first image of the question.")]
    public int TargetImage { get; init; } = 1;

    /// <summary>What to measure; null for all.</summary>
    [Description("What to measure: any of area, position, shape, color, texture; leave out for all.")]
    public string[]? Properties { get; init; }

    /// <summary>How the numbers are meant.</summary>
    [Description("How the numbers are meant, when not pixels of the image as shown.")]
    public CoordinateArgument? Coordinates { get; init; }
}
