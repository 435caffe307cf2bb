using Pixelis.Data;
using Pixelis.Tools.Visual;

namespace Pixelis.Tiny;

/// <summary>PixelBench's still scenes as four by four cells: an object lies in one of them, and a zoom shows one of them.</summary>
internal static class Cells
{
    public const int Across = 4, CellSide = 112, Side = Across * CellSide, Count = Across * Across;

    private static readonly string[] Colors = ["red", "green", "blue", "yellow", "purple", "cyan", "white", "black"];

    private static readonly string[] Shapes = ["square", "circle", "diamond", "sign", "shape"];

    /// <summary>What can lie in a cell, a colour and a shape.</summary>
    public static IReadOnlyList<string> Things { get; } = [.. Colors.SelectMany(color => Shapes.Select(shape => $"{color} {shape}"))];

    public static int Of(TruthObject thing) => (int)(thing.Box.CenterY / CellSide) * Across + (int)(thing.Box.CenterX / CellSide);

    /// <summary>A cell's name, a to p row by row: one token, so that a place is one thing to repeat.</summary>
    public static char Name(int cell) => (char)('a' + cell);

    /// <summary>What each cell holds, null for nothing.</summary>
    public static string?[] Labels(Example scene)
    {
        var labels = new string?[Count];
        foreach (TruthObject thing in scene.Truth)
            labels[Of(thing)] = thing.Label;
        return labels;
    }

    /// <summary>
    /// All cells in words, row by row, each by its name, each thing followed by that name again: a model that writes this goes through the
    /// picture step by step, and a thing's place is then a matter of repeating what it wrote behind the thing.
    /// </summary>
    public static string Describe(string?[] labels) => string.Join("\n", Enumerable.Range(0, Across).Select(row =>
        string.Join(" ", Enumerable.Range(row * Across, Across).Select(cell => labels[cell] is { } label ? $"{Name(cell)} {Place(label, cell)}" : $"{Name(cell)} -"))));

    /// <summary>A thing and where it is, in the words of <see cref="Describe"/>.</summary>
    public static string Place(string label, int cell) => $"{label} {Name(cell)}";

    /// <summary>Where the things asked about are.</summary>
    public static string Places(IEnumerable<(string Label, int Cell)> things) => string.Join(", ", things.Select(t => $"the {Place(t.Label, t.Cell)}")) + ".";

    /// <summary>A cell at full size.</summary>
    public static PixelImage Cut(Example scene, int cell) =>
        Cropping.Crop(scene.Media[0].Image!, PixelBox.FromSize(cell % Across * CellSide, cell / Across * CellSide, CellSide, CellSide));
}
