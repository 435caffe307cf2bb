using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>What scenes of stills share: backdrop, objects in cells, noise last.</summary>
internal sealed class StillScene
{
    private readonly SceneRandom _random;

    public StillScene(SceneRandom random, PixelBenchShift shift)
    {
        _random = random;
        Style = SceneStyle.Draw(random, shift);
        Backdrop.Paint(Canvas, random, shift.HasFlag(PixelBenchShift.Backdrops));
    }

    public SceneStyle Style { get; }

    public Canvas Canvas { get; } = new(CellGrid.Side, CellGrid.Side);

    /// <summary>Half sizes of objects: what is left of a cell's half is room to move in.</summary>
    public static (int Least, int Most, int Move) Sizes(int difficulty, bool shifted) => (difficulty, shifted) switch
    {
        (1, false) => (44, 48, 6),
        (2, false) => (40, 47, 9),
        (_, false) => (37, 46, 12),
        _ => (34, 40, 14),
    };

    /// <summary>Chooses a place for a shape of a colour in a cell.</summary>
    public PlacedObject Place(int cell, string color, ShapeName shape, int difficulty)
    {
        (int least, int most, int move) = Sizes(difficulty, Style.Shift.HasFlag(PixelBenchShift.Sizes));
        int half = _random.Between(least, most);
        move = Math.Min(move, CellGrid.CellSide / 2 - half);
        (int x, int y) = CellGrid.Center(cell);
        return new PlacedObject(cell, x + _random.Between(-move, move), y + _random.Between(-move, move), half, color, shape, Style.Color(_random, color));
    }

    /// <summary>Paints an object and says what it covers.</summary>
    public Coverage Paint(PlacedObject placed)
    {
        Coverage coverage = PolygonRasterizer.Fill([Shapes.Of(placed.Shape, placed.X, placed.Y, placed.Half)]);
        Canvas.Paint(coverage, placed.Paint);
        return coverage;
    }

    /// <summary>Engraves a single letter about a point.</summary>
    public Coverage EngraveLetter(char letter, int x, int y, int height)
    {
        Coverage coverage = Style.Letter(letter, x, y, height);
        Canvas.Engrave(coverage, Style.Engraving);
        return coverage;
    }

    /// <summary>The finished picture.</summary>
    public PixelImage Finish()
    {
        Canvas.AddNoise(_random, Style.Noise);
        return Canvas.ToImage();
    }

    public static TruthObject Truth(PlacedObject placed, Coverage coverage, bool isTarget) => new()
    {
        Label = placed.Label,
        Color = placed.Color,
        Shape = placed.ShapeText,
        Box = coverage.Box(),
        Mask = coverage.ToMask(CellGrid.Side, CellGrid.Side),
        IsTarget = isTarget,
    };
}
