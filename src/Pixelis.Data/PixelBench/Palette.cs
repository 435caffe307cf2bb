using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>The eight named colours of objects. Channels lie between 50 and 205, so that a zero-mean hatch never clips.</summary>
internal static class Palette
{
    private static readonly (string Name, Rgb Color)[] Colors =
    [
        ("red", new Rgb(205, 55, 55)),
        ("green", new Rgb(50, 165, 60)),
        ("blue", new Rgb(55, 75, 205)),
        ("yellow", new Rgb(205, 195, 50)),
        ("purple", new Rgb(150, 50, 190)),
        ("cyan", new Rgb(50, 195, 200)),
        ("white", new Rgb(205, 205, 205)),
        ("black", new Rgb(50, 50, 50)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Colors.Select(c => c.Name)];

    /// <summary>Those that no backdrop and no tool's colour name comes near.</summary>
    public static IReadOnlyList<string> Saturated { get; } = [.. Names.Take(6)];

    public static Rgb Of(string name) => Colors.First(c => c.Name == name).Color;
}
