using System.Diagnostics.Metrics;
using Pixelis.Diagnostics;

namespace Pixelis.Online.Metrics;

/// <summary>The instruments of <see cref="OnlineInstruments"/>. One meter serves the process; when nobody listens, nothing is kept.</summary>
internal static class OnlineMetrics
{
    private static readonly Meter Meter = new(PixelisDiagnostics.SourceName, typeof(OnlineMetrics).Assembly.GetName().Version?.ToString(3));

    public static Counter<long> Requests { get; } = Meter.CreateCounter<long>(OnlineInstruments.Requests, "{request}", "Answered requests.");

    public static Histogram<double> RequestDuration { get; } = Meter.CreateHistogram(
        OnlineInstruments.RequestDuration, "s", "From a request to its answer.", tags: null, Powers(0.01, 2, 14));

    public static Counter<long> Updates { get; } = Meter.CreateCounter<long>(OnlineInstruments.Updates, "{update}", "Updates of the policy.");

    public static Histogram<double> UpdateKl { get; } = Meter.CreateHistogram(
        OnlineInstruments.UpdateKl, "{nat}", "KL a token of an update, old policy to new.", tags: null, Powers(0.001, 2, 12));

    public static Counter<long> IndexOperations { get; } =
        Meter.CreateCounter<long>(OnlineInstruments.IndexOperations, "{operation}", "Operations of the neighbour index.");

    public static Gauge<double> QueueFill { get; } = Meter.CreateGauge<double>(OnlineInstruments.QueueFill, "1", "How full the queue of updates is.");

    public static Counter<long> QueueRefusals { get; } =
        Meter.CreateCounter<long>(OnlineInstruments.QueueRefusals, "{update}", "Updates that the queue did not take.");

    public static Counter<long> Releases { get; } = Meter.CreateCounter<long>(OnlineInstruments.Releases, "{version}", "Attempts to publish a version.");

    public static Gauge<long> Experiences { get; } = Meter.CreateGauge<long>(OnlineInstruments.Experiences, "{experience}", "Experiences in the buffer.");

    public static Gauge<double> MemoryShare { get; } =
        Meter.CreateGauge<double>(OnlineInstruments.MemoryShare, "1", "Memory of the process over what it may use.");

    public static Counter<long> Redactions { get; } =
        Meter.CreateCounter<long>(OnlineInstruments.Redactions, "{finding}", "Personal data taken out of text.");

    public static Counter<long> AuditEntries { get; } = Meter.CreateCounter<long>(OnlineInstruments.AuditEntries, "{entry}", "Audit entries written.");

    public static Counter<long> AuditFailures { get; } =
        Meter.CreateCounter<long>(OnlineInstruments.AuditFailures, "{entry}", "Audit entries that could not be written.");

    public static Counter<long> Alerts { get; } = Meter.CreateCounter<long>(OnlineInstruments.Alerts, "{alert}", "Raised alerts.");

    private static InstrumentAdvice<double> Powers(double first, double factor, int count) =>
        new() { HistogramBucketBoundaries = [.. Enumerable.Range(0, count).Select(i => Math.Round(first * Math.Pow(factor, i), 6))] };
}
