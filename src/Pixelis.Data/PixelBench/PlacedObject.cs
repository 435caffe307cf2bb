using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>An object that stands in a cell of a still.</summary>
internal sealed record PlacedObject(int Cell, int X, int Y, int Half, string Color, ShapeName Shape, Rgb Paint)
{
    public string ShapeText => Shape.ToString().ToLowerInvariant();

    public string Label => $"{Color} {ShapeText}";
}
