namespace Pixelis.Tools;

/// <summary>
/// A picture or video of an episode, numbered as the model sees them: 1 is the question's first, tool results count on.
/// </summary>
public sealed record NumberedVisual
{
    /// <summary>Number the model refers to it by, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The source pixels, in full detail; null for a video.</summary>
    public PixelImage? Image { get; init; }

    /// <summary>The video; null for an image.</summary>
    public VideoClip? Clip { get; init; }

    /// <summary>Width in pixels of what the model saw, after its processor's resize; the source's own width when it saw no pixels.</summary>
    public required int SeenWidth { get; init; }

    /// <summary>Height in pixels of what the model saw.</summary>
    public required int SeenHeight { get; init; }

    /// <summary>Where it came from: <c>question</c>, or the name of the tool that made it.</summary>
    public required string Origin { get; init; }

    /// <summary>The number of the picture it was cut from, when it was.</summary>
    public int? Parent { get; init; }

    /// <summary>The part of the parent's source pixels it shows, when it was cut from one.</summary>
    public PixelBox? ParentBox { get; init; }

    /// <summary>Width of the source in pixels.</summary>
    public int SourceWidth => Image?.Width ?? Clip!.Width;

    /// <summary>Height of the source in pixels.</summary>
    public int SourceHeight => Image?.Height ?? Clip!.Height;
}
