using Pixelis.Data;
using Pixelis.Tools.Visual;

namespace Pixelis.Tiny;

/// <summary>PixelBench's still scenes as four by four cells: an object lies in one of them, and a zoom shows one of them.</summary>
internal static class Cells
{
    public const int Across = 4, CellSide = 112, Side = Across * CellSide, Count = Across * Across;

    public static int Of(TruthObject thing) => (int)(thing.Box.CenterY / CellSide) * Across + (int)(thing.Box.CenterX / CellSide);

    public static string Name(int cell) => $"row {cell / Across + 1}, column {cell % Across + 1}";

    /// <summary>A cell at full size.</summary>
    public static PixelImage Cut(Example scene, int cell) =>
        Cropping.Crop(scene.Media[0].Image!, PixelBox.FromSize(cell % Across * CellSide, cell / Across * CellSide, CellSide, CellSide));
}
