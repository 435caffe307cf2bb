namespace Pixelis.Online.Metrics;

/// <summary>The values of a metric under one set of labels.</summary>
/// <param name="Labels">Names and values of the labels.</param>
/// <param name="Value">A counter's total or a gauge's last value; a histogram's sum.</param>
/// <param name="Bounds">A histogram's upper bounds, ascending, without infinity; empty otherwise.</param>
/// <param name="Counts">How many values fell into each bucket, those above the last bound at the end; one more than there are bounds. Empty for other kinds.</param>
public sealed record MetricSeries(
    IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, IReadOnlyList<double> Bounds, IReadOnlyList<long> Counts);
