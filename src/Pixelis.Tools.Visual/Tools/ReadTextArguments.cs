using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pixelis.Tools.Visual;

/// <summary>Arguments of <see cref="ReadTextTool"/>.</summary>
public sealed record ReadTextArguments
{
    /// <summary>The region to read.</summary>
    [JsonPropertyName("bbox_2d")]
    [Description("Region to read as [x1, y1, x2, y2]; leave out to read the whole image.")]
    public double[]? Box { get; init; }

    /// <summary>Number of the image.</summary>
    [Description("Number of the image; 1 is the first image of the question.")]
    public int TargetImage { get; init; } = 1;

    /// <summary>Language of the text.</summary>
    [Description("Language of the text in tesseract's names, such as eng or deu+fra; default eng.")]
    public string? Language { get; init; }

    /// <summary>How the numbers are meant.</summary>
    [Description("How the numbers are meant, when not pixels of the image as shown.")]
    public CoordinateArgument? Coordinates { get; init; }
}
