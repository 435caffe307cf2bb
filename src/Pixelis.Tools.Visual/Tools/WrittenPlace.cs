using System.Globalization;

namespace Pixelis.Tools.Visual;

/// <summary>Words places for a model.</summary>
internal static class WrittenPlace
{
    /// <summary>A box in source pixels as the model would write it, rounded to what it can use.</summary>
    public static string Box(NumberedVisual input, PixelBox box, CoordinateSpace space)
    {
        PixelBox written = CoordinateMapper.FromSource(input, box, space);
        string format = space == CoordinateSpace.Normalized ? "0.###" : "0";
        return $"[{string.Join(", ", new[] { written.Left, written.Top, written.Right, written.Bottom }.Select(v => v.ToString(format, CultureInfo.InvariantCulture)))}]";
    }

    /// <summary>Which ninth of the picture holds the middle of a box: "top left", "centre", "right" and so on.</summary>
    public static string Ninth(NumberedVisual input, PixelBox box)
    {
        string vertical = Third(box.CenterY, input.SourceHeight, "top", "bottom"), horizontal = Third(box.CenterX, input.SourceWidth, "left", "right");
        return (vertical, horizontal) switch
        {
            ("", "") => "centre",
            ("", _) => horizontal,
            (_, "") => vertical,
            _ => $"{vertical} {horizontal}",
        };
    }

    private static string Third(double at, int size, string first, string last) => (3 * at / size) switch
    {
        < 1 => first,
        > 2 => last,
        _ => "",
    };
}
