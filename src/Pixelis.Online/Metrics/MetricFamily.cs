namespace Pixelis.Online.Metrics;

/// <summary>A metric with all its series at one moment.</summary>
/// <param name="Name">The instrument's name, for example <c>pixelis.tool.duration</c>.</param>
/// <param name="Unit">The instrument's unit, for example <c>s</c>; empty for none.</param>
/// <param name="Help">What it measures.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="Series">Its series.</param>
public sealed record MetricFamily(string Name, string Unit, string Help, MetricKind Kind, IReadOnlyList<MetricSeries> Series);
