using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Pixelis.Tools.Visual;

/// <summary>Arguments of <see cref="TrackTool"/>: where the object is in a frame, or a track to go on with.</summary>
public sealed record TrackArguments
{
    /// <summary>The object's box in the start frame.</summary>
    [JsonPropertyName("bbox_2d")]
    [Description("Box of the object in the start frame as [x1, y1, x2, y2]. Give this, point_2d, or track_id.")]
    public double[]? Box { get; init; }

    /// <summary>A point on the object in the start frame.</summary>
    [JsonPropertyName("point_2d")]
    [Description("A point on the object in the start frame as [x, y].")]
    public double[]? Point { get; init; }

    /// <summary>A track to go on with.</summary>
    [Description("A track that an earlier call returned, such as track1, to follow it further.")]
    public string? TrackId { get; init; }

    /// <summary>The frame in which the object is given.</summary>
    [Description("Number of the frame in which the object is given, from 1; default 1.")]
    public int StartFrame { get; init; } = 1;

    /// <summary>The last frame to look at.</summary>
    [Description("Number of the last frame to follow it to; default the last of the video.")]
    public int? EndFrame { get; init; }

    /// <summary>How many frames apart the places are told; null for the last one only.</summary>
    [Description("Tell the place in every n-th frame as well; leave out to be told where it ends.")]
    public int? Every { get; init; }

    /// <summary>Number of the video.</summary>
    [Description("Number of the video; 1 is the first of the question.")]
    public int TargetVideo { get; init; } = 1;

    /// <summary>How the numbers are meant.</summary>
    [Description("How the numbers are meant, when not pixels of the video as shown.")]
    public CoordinateArgument? Coordinates { get; init; }
}
