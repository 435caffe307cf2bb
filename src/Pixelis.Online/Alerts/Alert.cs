using System.Globalization;

namespace Pixelis.Online.Alerts;

/// <summary>That a rule's condition holds, or that it no longer does.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Value">The value that was observed last.</param>
/// <param name="Time">When.</param>
/// <param name="IsResolved">False when it is raised; true when the value is back after an alert that was raised.</param>
public sealed record Alert(AlertRule Rule, double Value, DateTimeOffset Time, bool IsResolved)
{
    /// <summary>One sentence.</summary>
    public override string ToString()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (IsResolved)
            return string.Create(invariant, $"{Rule.Name}: {Rule.Metric} is back at {Value:G6}");
        string window = Rule.Window > TimeSpan.Zero ? string.Create(invariant, $" for {Rule.Window.TotalSeconds:G6} s") : "";
        return string.Create(invariant, $"{Rule.Name}: {Rule.Metric} is {Value:G6}, {Expected} {Rule.Threshold:G6}{window}");
    }

    private string Expected => Rule.Comparison switch
    {
        AlertComparison.Above => "above",
        AlertComparison.Below => "below",
        _ => "not above",
    };
}
