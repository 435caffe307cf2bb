using System.Globalization;
using Pixelis.Data;

namespace Pixelis.Tiny;

/// <summary>PixelBench's clips of a card frame by frame.</summary>
internal static class Frames
{
    /// <summary>The card's colour in each frame; a colour asked about is followed by its place, as things are in <see cref="Cells.Describe"/>.</summary>
    public static string Describe(Example scene) => string.Join(", ", Enumerable.Range(1, scene.Media[0].Clip!.Frames.Count).Select(frame =>
        scene.Truth.FirstOrDefault(t => t.Frame == frame)?.Color is { } color
            ? string.Create(CultureInfo.InvariantCulture, $"{frame} {color} in frame {frame}")
            : string.Create(CultureInfo.InvariantCulture, $"{frame} grey")));
}
