using Pixelis.Data;
using Pixelis.Tools.Visual;

namespace Pixelis.Tiny;

/// <summary>PixelBench's still scenes as four by four cells: an object lies in one of them, and a zoom shows one of them.</summary>
internal static class Cells
{
    public const int Across = 4, CellSide = 112, Side = Across * CellSide, Count = Across * Across;

    public static int Of(TruthObject thing) => (int)(thing.Box.CenterY / CellSide) * Across + (int)(thing.Box.CenterX / CellSide);

    public static string Name(int cell) => $"row {cell / Across + 1}, column {cell % Across + 1}";

    /// <summary>What each cell holds, null for nothing.</summary>
    public static string?[] Labels(Example scene)
    {
        var labels = new string?[Count];
        foreach (TruthObject thing in scene.Truth)
            labels[Of(thing)] = thing.Label;
        return labels;
    }

    /// <summary>
    /// All cells in words, row by row, each column with its number, each thing followed by its place: a model that writes this goes through the
    /// picture step by step, and a thing's place is then a matter of repeating what it wrote behind the thing.
    /// </summary>
    public static string Describe(string?[] labels) => string.Join("\n", Enumerable.Range(0, Across).Select(row =>
        $"row {row + 1}: {string.Join(", ", Enumerable.Range(row * Across, Across).Select(cell => $"{(cell % Across) + 1} {Describe(labels[cell], cell)}"))}"));

    private static string Describe(string? label, int cell) => label is null ? "-" : $"{label} is in {Name(cell)}";

    /// <summary>A cell at full size.</summary>
    public static PixelImage Cut(Example scene, int cell) =>
        Cropping.Crop(scene.Media[0].Image!, PixelBox.FromSize(cell % Across * CellSide, cell / Across * CellSide, CellSide, CellSide));
}
