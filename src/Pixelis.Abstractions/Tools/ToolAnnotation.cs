using System.Text.Json.Serialization;

namespace Pixelis.Tools;

/// <summary>Something a tool found in a picture, for people who read the trajectory; the model does not see it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BoxAnnotation), "box")]
[JsonDerivedType(typeof(RegionAnnotation), "region")]
[JsonDerivedType(typeof(TrackAnnotation), "track")]
public abstract record ToolAnnotation
{
    private protected ToolAnnotation()
    {
    }

    /// <summary>Number of the picture or video it lies on.</summary>
    public required int Input { get; init; }

    /// <summary>A short caption.</summary>
    public string Label { get; init; } = "";
}

/// <summary>A box in source pixels.</summary>
public sealed record BoxAnnotation : ToolAnnotation
{
    /// <summary>The box.</summary>
    public required PixelBox Box { get; init; }
}

/// <summary>A region in source pixels, as the polygons of its outline.</summary>
public sealed record RegionAnnotation : ToolAnnotation
{
    /// <summary>Closed outlines, each at least three points.</summary>
    public required IReadOnlyList<IReadOnlyList<PixelPoint>> Polygons { get; init; }
}

/// <summary>The way of an object through a video, in source pixels.</summary>
public sealed record TrackAnnotation : ToolAnnotation
{
    /// <summary>One box a frame; null where the object was lost.</summary>
    public required IReadOnlyList<PixelBox?> Boxes { get; init; }

    /// <summary>Index of the first frame among the clip's frames.</summary>
    public required int FirstFrame { get; init; }
}
