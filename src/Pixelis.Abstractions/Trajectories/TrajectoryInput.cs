namespace Pixelis.Trajectories;

/// <summary>A picture or video of a trajectory: enough to recognise it, not the pixels themselves.</summary>
public sealed record TrajectoryInput
{
    /// <summary>Number as the model saw it, from 1.</summary>
    public required int Number { get; init; }

    /// <summary><see cref="PixelImage.ContentHash"/> of the source; of the first frame for a video.</summary>
    public required string Hash { get; init; }

    /// <summary>Source width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Source height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Width in pixels of what the model saw.</summary>
    public required int SeenWidth { get; init; }

    /// <summary>Height in pixels of what the model saw.</summary>
    public required int SeenHeight { get; init; }

    /// <summary>Frames, for a video; 0 for an image.</summary>
    public int FrameCount { get; init; }

    /// <summary>Frames a second the clip was sampled at, for a video; 0 for an image.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>The frames of a video whose pictures were saved with the record; empty otherwise.</summary>
    public IReadOnlyList<TrajectoryFrame> Frames { get; init; } = [];

    /// <summary><c>question</c>, or the name of the tool that made it.</summary>
    public required string Origin { get; init; }

    /// <summary>The number of the picture it was cut from.</summary>
    public int? Parent { get; init; }

    /// <summary>The part of the parent's source pixels it shows.</summary>
    public PixelBox? ParentBox { get; init; }

    /// <summary>The file it came from, when there was one.</summary>
    public string? Path { get; init; }
}
