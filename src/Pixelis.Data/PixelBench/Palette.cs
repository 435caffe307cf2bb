using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>The eight named colours of objects. Channels lie between 60 and 195, so that a zero-mean hatch never clips.</summary>
internal static class Palette
{
    private static readonly (string Name, Rgb Color)[] Colors =
    [
        ("red", new Rgb(195, 60, 60)),
        ("green", new Rgb(60, 165, 60)),
        ("blue", new Rgb(60, 75, 195)),
        ("yellow", new Rgb(195, 195, 60)),
        ("purple", new Rgb(150, 60, 190)),
        ("cyan", new Rgb(60, 195, 195)),
        ("white", new Rgb(195, 195, 195)),
        ("black", new Rgb(60, 60, 60)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Colors.Select(c => c.Name)];

    /// <summary>Those that no backdrop and no tool's colour name comes near.</summary>
    public static IReadOnlyList<string> Saturated { get; } = [.. Names.Take(6)];

    public static Rgb Of(string name) => Colors.First(c => c.Name == name).Color;
}
