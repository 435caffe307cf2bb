using System.Text.Json.Serialization;

namespace Pixelis.Tools.Visual;

/// <summary>How a call declares the numbers of its places, when not in the model's usual space.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CoordinateArgument>))]
public enum CoordinateArgument
{
    /// <summary>Pixels of the image as seen.</summary>
    [JsonStringEnumMemberName("pixels")]
    Pixels,

    /// <summary>Fractions of width and height, 0..1.</summary>
    [JsonStringEnumMemberName("normalized")]
    Normalized,

    /// <summary>Thousandths of width and height, 0..1000.</summary>
    [JsonStringEnumMemberName("thousandths")]
    Thousandths,
}
