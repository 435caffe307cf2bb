namespace Pixelis.Online;

/// <summary>Words that gates share.</summary>
internal static class Gate
{
    public static GateResult Passed(IGate gate, double measured, double threshold, FormattableString reason) =>
        new(gate.Name, true, measured, threshold, FormattableString.Invariant(reason));

    public static GateResult Blocked(IGate gate, double measured, double threshold, FormattableString reason) =>
        new(gate.Name, false, measured, threshold, FormattableString.Invariant(reason));

    public static double Unit(double value, string name) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "0 to 1 was expected.");
}
