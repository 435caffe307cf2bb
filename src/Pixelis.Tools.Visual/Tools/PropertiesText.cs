using System.Globalization;

namespace Pixelis.Tools.Visual;

/// <summary>Words what <see cref="PropertiesTool"/> measured: all of it, or what the model asked for.</summary>
internal static class PropertiesText
{
    private static readonly string[] All = ["area", "position", "shape", "color", "texture"];

    /// <summary>The groups of properties a call asks for; all when it names none.</summary>
    /// <exception cref="VisualCallException">A name is not known.</exception>
    public static IReadOnlyList<string> Wanted(string[]? named)
    {
        if (named is not { Length: > 0 })
            return All;
        string? unknown = named.FirstOrDefault(n => !All.Contains(n, StringComparer.OrdinalIgnoreCase));
        return unknown is null ? named : throw new VisualCallException($"There is no property '{unknown}'; properties are {string.Join(", ", All)}.");
    }

    public static string Describe(string name, NumberedVisual input, RegionProperties measured, CoordinateSpace space, IReadOnlyList<string> wanted) =>
        $"{name} in image {input.Number}: {string.Join("; ", wanted.Select(w => Sentence(w.ToLowerInvariant(), input, measured, space)))}.";

    private static string Sentence(string group, NumberedVisual input, RegionProperties m, CoordinateSpace space) => group switch
    {
        "area" => string.Create(CultureInfo.InvariantCulture, $"{m.Area} pixels, {100 * m.AreaFraction:0.##}% of the image ({(m.RelativeSize == RelativeSize.VeryLarge ? "very large" : m.RelativeSize.ToString().ToLowerInvariant())})"),
        "position" => Position(input, m, space),
        "shape" => string.Create(CultureInfo.InvariantCulture,
            $"perimeter {m.Perimeter:0}; circularity {m.Circularity:0.00}; aspect {m.AspectRatio:0.00}; orientation {m.Orientation:0} degrees"),
        "color" => $"mean colour {Color(m.MeanColor)}; colours {string.Join(", ", m.DominantColors.Select(Share))}",
        _ => string.Create(CultureInfo.InvariantCulture, $"contrast {m.Contrast:0.0}; texture {m.TextureEnergy:0.0}"),
    };

    private static string Position(NumberedVisual input, RegionProperties m, CoordinateSpace space)
    {
        PixelPoint center = CoordinateMapper.FromSource(input, new PixelPoint(m.CentroidX, m.CentroidY), space);
        return string.Create(CultureInfo.InvariantCulture, $"box {WrittenPlace.Box(input, m.Box.ToBox(), space)}; centre ({center.X:0.##}, {center.Y:0.##})");
    }

    private static string Color(NamedColor c) => string.Create(CultureInfo.InvariantCulture, $"{c.Name} ({c.Red}, {c.Green}, {c.Blue})");

    private static string Share(NamedColor c) => string.Create(CultureInfo.InvariantCulture, $"{c.Name} {100 * c.Share:0}%");
}
