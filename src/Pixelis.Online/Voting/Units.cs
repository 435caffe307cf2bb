using System.Numerics;

namespace Pixelis.Online;

/// <summary>A unit as a share of the one its kind is counted in.</summary>
/// <param name="Base">What it is counted in; empty for a plain number.</param>
/// <param name="Above">Numerator of the factor.</param>
/// <param name="Below">Denominator of the factor.</param>
internal sealed record Unit(string Base, BigInteger Above, BigInteger Below);

/// <summary>
/// Units whose names are read alike by everyone, in lower case. What case alone tells apart (mW and MW) and what has two meanings (ton,
/// ounce, pound as money) is left out, and then is compared as text.
/// </summary>
internal static class Units
{
    private static readonly Dictionary<string, Unit> Known = Build(
    [
        ("", 1, 100, "% percent|per cent"),
        ("m", 1, 1_000, "mm millimeter|millimeters|millimetre|millimetres"),
        ("m", 1, 100, "cm centimeter|centimeters|centimetre|centimetres"),
        ("m", 1, 1, "m meter|meters|metre|metres"),
        ("m", 1_000, 1, "km kilometer|kilometers|kilometre|kilometres"),
        ("m", 254, 10_000, "in inch|inches"),
        ("m", 3_048, 10_000, "ft foot|feet"),
        ("m", 9_144, 10_000, "yd yard|yards"),
        ("m", 1_609_344, 1_000, "mi mile|miles"),
        ("kg", 1, 1_000_000, "mg milligram|milligrams"),
        ("kg", 1, 1_000, "g gram|grams"),
        ("kg", 1, 1, "kg kilogram|kilograms|kilo|kilos"),
        ("kg", 45_359_237, 100_000_000, "lb lbs"),
        ("s", 1, 1_000, "ms millisecond|milliseconds"),
        ("s", 1, 1, "s sec|second|seconds"),
        ("s", 60, 1, "min minute|minutes"),
        ("s", 3_600, 1, "h hr|hrs|hour|hours"),
        ("s", 86_400, 1, "d day|days"),
        ("l", 1, 1_000, "ml milliliter|milliliters|millilitre|millilitres"),
        ("l", 1, 100, "cl centiliter|centiliters|centilitre|centilitres"),
        ("l", 1, 1, "l liter|liters|litre|litres"),
        ("m/s", 1, 1, "m/s meters per second|metres per second"),
        ("m/s", 5, 18, "km/h kph|kmh|kilometers per hour|kilometres per hour"),
        ("m/s", 44_704, 100_000, "mph miles per hour"),
        ("°", 1, 1, "° deg|degree|degrees"),
        ("°c", 1, 1, "°c degrees celsius|degree celsius|celsius"),
        ("°f", 1, 1, "°f degrees fahrenheit|degree fahrenheit|fahrenheit"),
        ("px", 1, 1, "px pixel|pixels"),
    ]);

    /// <summary>The unit of that name; null when it is none that is known.</summary>
    public static Unit? Find(string name) => Known.GetValueOrDefault(name);

    private static Dictionary<string, Unit> Build((string Base, long Above, long Below, string Names)[] rows)
    {
        var known = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach ((string kind, long above, long below, string names) in rows)
        {
            var unit = new Unit(kind, above, below);
            int end = names.IndexOf(' ', StringComparison.Ordinal);
            known.Add(names[..end], unit);
            foreach (string name in names[(end + 1)..].Split('|'))
                known.Add(name, unit);
        }
        return known;
    }
}
