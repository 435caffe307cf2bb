namespace Pixelis.Data.Drawing;

/// <summary>A closed outline. Corners are in 64ths of a pixel, so that shapes lie between pixels and yet are exact.</summary>
internal sealed class Contour(IReadOnlyList<(int X, int Y)> corners)
{
    /// <summary>Units a pixel.</summary>
    public const int Unit = 64;

    public IReadOnlyList<(int X, int Y)> Corners { get; } = corners;
}
