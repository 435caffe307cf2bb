namespace Pixelis.Modeling;

/// <summary>The patch grid of one image or video, before patches are merged.</summary>
/// <param name="Temporal">Temporal patches; 1 for an image.</param>
/// <param name="Height">Rows of patches.</param>
/// <param name="Width">Columns of patches.</param>
public readonly record struct VisionGrid(int Temporal, int Height, int Width)
{
    /// <summary>Number of patches.</summary>
    public int PatchCount => checked(Temporal * Height * Width);
}
