using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Pixelis.Evaluation;

namespace Pixelis.Online;

/// <summary>
/// Numbers and numbers with a unit, in exact arithmetic: 1/2, 50 % and 0.5 are one, 3 cm and 0.03 m are one, 1/3 and 0.333 are two, and so
/// are 3 and 3 cm. The text given is canonical already.
/// </summary>
internal static partial class Quantity
{
    private const int Decimals = 28;
    private static readonly BigInteger Scale = BigInteger.Pow(10, Decimals);

    /// <summary>The form; null for what is no number.</summary>
    public static string? Of(string text)
    {
        Match match = Parts().Match(text);
        if (!match.Success || ValueOf(match.Groups[1].Value) is not var (above, below))
            return null;
        string name = match.Groups[2].Value;
        if (name.Length == 0)
            return Text(above, below);
        if (Units.Find(name) is not { } unit)
            return null;
        string number = Text(above * unit.Above, below * unit.Below);
        return unit.Base.Length == 0 ? number : $"{number} {unit.Base}";
    }

    private static (BigInteger Above, BigInteger Below)? ValueOf(string text)
    {
        Match fraction = Fraction().Match(text);
        if (fraction.Success)
        {
            BigInteger whole = Whole(fraction.Groups[2].Value), above = Whole(fraction.Groups[3].Value), below = Whole(fraction.Groups[4].Value);
            return below.IsZero ? null : (((whole * below) + above) * (fraction.Groups[1].Value == "-" ? -1 : 1), below);
        }
        string plain = CanonicalAnswer.Of(text);
        if (!Plain().IsMatch(plain))
            return null;
        string[] halves = plain.Split('.');
        string decimals = halves.Length > 1 ? halves[1] : "";
        return (BigInteger.Parse(halves[0] + decimals, CultureInfo.InvariantCulture), BigInteger.Pow(10, decimals.Length));
    }

    private static BigInteger Whole(string digits) => digits.Length == 0 ? 0 : BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    // A decimal where it ends within its places, else the reduced fraction.
    private static string Text(BigInteger above, BigInteger below)
    {
        BigInteger common = BigInteger.GreatestCommonDivisor(above, below);
        if (common > 1)
            (above, below) = (above / common, below / common);
        if (!(Scale % below).IsZero)
            return $"{above}/{below}";
        BigInteger scaled = BigInteger.Abs(above) * (Scale / below);
        string decimals = (scaled % Scale).ToString(CultureInfo.InvariantCulture).PadLeft(Decimals, '0').TrimEnd('0');
        string sign = above.Sign < 0 ? "-" : "";
        return $"{sign}{scaled / Scale}{(decimals.Length > 0 ? "." : "")}{decimals}";
    }

    [GeneratedRegex(@"^([+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)|[+-]?(?:\d{1,9} )?\d{1,9}/\d{1,9}|[+-]?\\d?frac\{\d{1,9}\}\{\d{1,9}\})(?: ?-?([a-z°%][a-z°%/ ]*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    // Digits after a leading zero are a code, as in CanonicalAnswer.
    [GeneratedRegex(@"^([+-]?)(?:([1-9]\d*) )?(?:\\d?frac\{)?(0|[1-9]\d*)(?:/|\}\{)([1-9]\d*)\}?$", RegexOptions.CultureInvariant)]
    private static partial Regex Fraction();

    [GeneratedRegex(@"^-?(?:0|[1-9]\d*)(?:\.\d+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
