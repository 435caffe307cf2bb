namespace Pixelis.Online.Alerts;

/// <summary>When to raise an alert.</summary>
public sealed record AlertRule
{
    /// <summary>Its name, by which it is told from others; unlike any other rule's.</summary>
    public required string Name { get; init; }

    /// <summary>The metric it watches: a name that is given to <see cref="AlertMonitor.ObserveAsync"/>.</summary>
    public required string Metric { get; init; }

    /// <summary>How the value is held against <see cref="Threshold"/>.</summary>
    public AlertComparison Comparison { get; init; }

    /// <summary>The threshold, in the metric's unit; a finite number.</summary>
    public required double Threshold { get; init; }

    /// <summary>How long every observed value must be beyond the threshold before the alert is raised; default zero: at once.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>How bad it is; default a warning.</summary>
    public AlertSeverity Severity { get; init; }

    /// <summary>How long after an alert the same rule stays quiet, whatever the values do meanwhile; default 5 minutes.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromMinutes(5);

    internal bool Matches(double value) => Comparison switch
    {
        AlertComparison.Above => value > Threshold,
        AlertComparison.Below => value < Threshold,
        _ => value <= Threshold,
    };

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentException.ThrowIfNullOrWhiteSpace(Metric);
        if (!double.IsFinite(Threshold))
            throw new ArgumentOutOfRangeException(nameof(Threshold), Threshold, $"The threshold of the rule '{Name}' must be a finite number.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Window, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(CoolDown, TimeSpan.Zero);
    }
}
