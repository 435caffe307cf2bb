using System.Globalization;

namespace Pixelis.Cli.CommandLine;

/// <summary>Numbers for people.</summary>
internal static class Quantity
{
    /// <summary>For example <c>7.1 M</c>.</summary>
    public static string Count(long value) => value switch
    {
        >= 1_000_000_000 => Text(value / 1e9, "G"),
        >= 1_000_000 => Text(value / 1e6, "M"),
        >= 1_000 => Text(value / 1e3, "k"),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>For example <c>13.5 MiB</c>.</summary>
    public static string Bytes(long value) => value switch
    {
        >= 1L << 30 => Text(value / (double)(1L << 30), "GiB"),
        >= 1L << 20 => Text(value / (double)(1L << 20), "MiB"),
        >= 1L << 10 => Text(value / (double)(1L << 10), "KiB"),
        _ => $"{value} B",
    };

    private static string Text(double value, string unit) =>
        value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " " + unit;
}
