using System.Globalization;

namespace Pixelis.Training;

/// <summary>Ranges of options, told in one form.</summary>
internal static class OptionCheck
{
    public static void AtLeast(double value, double lowest, string name)
    {
        if (!double.IsFinite(value) || value < lowest)
            throw Wrong(name, value, string.Create(CultureInfo.InvariantCulture, $"a number of at least {lowest}"));
    }

    public static void Within(double value, double lowest, double highest, string name)
    {
        if (!(value >= lowest && value <= highest))
            throw Wrong(name, value, string.Create(CultureInfo.InvariantCulture, $"a number from {lowest} to {highest}"));
    }

    public static void Positive(double value, string name)
    {
        if (!double.IsFinite(value) || value <= 0)
            throw Wrong(name, value, "a number above 0");
    }

    private static PixelisException Wrong(string name, double value, string expected) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; {expected} was expected."));
}
