using System.Globalization;

namespace Pixelis.Data.PixelBench;

/// <summary>
/// Where objects of a still stand: 4 x 4 cells of 112 source pixels, so that a cell is one merged token (28 pixels) of a view of 112
/// pixels, and a zoom into a cell is shown pixel for pixel.
/// </summary>
internal static class CellGrid
{
    public const int Cells = 4;
    public const int CellSide = 112;
    public const int Side = Cells * CellSide;

    /// <summary>Numbers of all cells, row by row.</summary>
    public static IReadOnlyList<int> All { get; } = [.. Enumerable.Range(0, Cells * Cells)];

    public static (int X, int Y) Center(int cell) => (cell % Cells * CellSide + CellSide / 2, cell / Cells * CellSide + CellSide / 2);

    /// <summary>The cell that holds a point of the picture.</summary>
    public static int At(double x, double y) =>
        Math.Clamp((int)(y / CellSide), 0, Cells - 1) * Cells + Math.Clamp((int)(x / CellSide), 0, Cells - 1);

    /// <summary>The cell that holds the middle of an object.</summary>
    public static int Of(TruthObject thing) => At(thing.Box.CenterX, thing.Box.CenterY);

    public static PixelBox Box(int cell) => PixelBox.FromSize(cell % Cells * CellSide, cell / Cells * CellSide, CellSide, CellSide);

    /// <summary>A cell in words, as questions and thoughts name it.</summary>
    public static string Name(int cell) => string.Create(CultureInfo.InvariantCulture, $"row {cell / Cells + 1}, column {cell % Cells + 1}");
}
