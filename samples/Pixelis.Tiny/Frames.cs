using System.Globalization;
using Pixelis.Data;

namespace Pixelis.Tiny;

/// <summary>PixelBench's clips of a card frame by frame.</summary>
internal static class Frames
{
    /// <summary>The card's colour in each frame; a colour other than grey is followed by its frame again, as things are in <see cref="Cells.Describe"/>.</summary>
    public static string Describe(Example scene) => string.Join(", ", Enumerable.Range(1, scene.Media[0].Clip!.Frames.Count).Select(frame =>
        scene.Truth.FirstOrDefault(t => t.Frame == frame)?.Color is { } color
            ? string.Create(CultureInfo.InvariantCulture, $"{frame} {color} {frame}")
            : string.Create(CultureInfo.InvariantCulture, $"{frame} grey")));

    /// <summary>Where the card has the colour asked about, in the words of <see cref="Describe"/>.</summary>
    public static string Place(TruthObject target) => string.Create(CultureInfo.InvariantCulture, $"It is {target.Color} {target.Frame}.");
}
