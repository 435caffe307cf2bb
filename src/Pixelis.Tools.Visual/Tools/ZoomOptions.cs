namespace Pixelis.Tools.Visual;

/// <summary>How <see cref="ZoomTool"/> cuts.</summary>
public sealed record ZoomOptions
{
    /// <summary>Added on every side, as a share of the picture's width and height. Default 0; Pixel-Reasoner adds 0.1.</summary>
    public double Padding { get; init; }

    /// <summary>Least source pixels on each side of a crop; a smaller box grows about its centre. Default 28, one merged patch of Qwen2.5-VL.</summary>
    public int MinSide { get; init; } = 28;

    /// <summary>
    /// Read four numbers of at most 1 as fractions and all others as pixels, as Pixel-Reasoner's released tool does. Default false.
    /// Deviation: its rule asks for less than 1 and so takes a full-width box for one pixel.
    /// </summary>
    public bool FractionsWhenAtMostOne { get; init; }

    /// <summary>Refuse a crop smaller than <see cref="MinSide"/> instead of growing it. Default false.</summary>
    public bool RefuseSmall { get; init; }

    /// <summary>The name the model is told. Default <c>ZOOM_IN</c>.</summary>
    public string Name { get; init; } = "ZOOM_IN";
}
