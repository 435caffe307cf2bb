namespace Pixelis.Online.Metrics;

/// <summary>Kinds of metrics, as Prometheus knows them.</summary>
public enum MetricKind
{
    /// <summary>Only grows.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts values by size.</summary>
    Histogram,
}
