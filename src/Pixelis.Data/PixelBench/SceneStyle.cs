using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>How a scene looks, apart from what is in it: drawn once a scene.</summary>
internal sealed record SceneStyle
{
    public required PixelBenchShift Shift { get; init; }

    /// <summary>How far a channel of a named colour may move.</summary>
    public required int ColorJitter { get; init; }

    /// <summary>Noise on every pixel.</summary>
    public required int Noise { get; init; }

    /// <summary>Width and slant of letters in percent, and how much thicker than usual their strokes are.</summary>
    public required int LetterWidth { get; init; }

    public required int LetterSlant { get; init; }

    public required int LetterWeight { get; init; }

    public required HatchKind Hatch { get; init; }

    public static SceneStyle Draw(SceneRandom random, PixelBenchShift shift) => new()
    {
        Shift = shift,
        ColorJitter = shift.HasFlag(PixelBenchShift.Colors) ? 24 : 12,
        Noise = shift.HasFlag(PixelBenchShift.Noise) ? random.Between(5, 7) : random.Between(0, 4),
        LetterWidth = shift.HasFlag(PixelBenchShift.Letters) ? random.Pick([72, 76, 124, 130]) : random.Between(92, 108),
        LetterSlant = shift.HasFlag(PixelBenchShift.Letters) ? random.Pick([-14, 14, 20]) : random.Between(-3, 5),
        LetterWeight = shift.HasFlag(PixelBenchShift.Letters) ? random.Between(-2, -1) : random.Between(0, 2),
        Hatch = shift.HasFlag(PixelBenchShift.Engravings) ? random.Pick([HatchKind.Across, HatchKind.Down]) : HatchKind.Checks,
    };

    public Rgb Color(SceneRandom random, string name) => Palette.Of(name).Jitter(random, ColorJitter);

    /// <summary>A single letter about a point, in the strokes of this style.</summary>
    public Coverage Letter(char letter, int x, int y, int height)
    {
        var style = new TextStyle(height, Math.Max(4, height * (24 + LetterWeight) / 100), LetterWidth, LetterSlant);
        string text = letter.ToString();
        return PolygonRasterizer.Fill(StrokeFont.Outline(text, x - StrokeFont.Width(text, style) / 2, y - height / 2, style));
    }

    public Hatch Engraving => new(Hatch, Shift.HasFlag(PixelBenchShift.Engravings) ? 44 : 52);
}
