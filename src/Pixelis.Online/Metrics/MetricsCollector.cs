using System.Diagnostics.Metrics;
using System.Globalization;
using Pixelis.Diagnostics;

namespace Pixelis.Online.Metrics;

/// <summary>
/// Adds up what the meter <c>Pixelis</c> measures from now on, for <see cref="PrometheusText"/>: for a process that is scraped and brings no
/// OpenTelemetry. Thread-safe.
/// </summary>
public sealed class MetricsCollector : IDisposable
{
    // Labels are names of models and tools and the like; a program that makes up new ones must not fill the memory.
    private const int MostSeries = 1000;

    private static readonly double[] DefaultBounds = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

    private readonly Lock _lock = new();
    private readonly Dictionary<Instrument, Dictionary<string, Series>> _instruments = [];
    private readonly MeterListener _listener = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="meter">Name of the meters that count.</param>
    public MetricsCollector(string meter = PixelisDiagnostics.SourceName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(meter);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<byte>((i, v, tags, _) => Take(i, v, tags));
        _listener.SetMeasurementEventCallback<short>((i, v, tags, _) => Take(i, v, tags));
        _listener.SetMeasurementEventCallback<int>((i, v, tags, _) => Take(i, v, tags));
        _listener.SetMeasurementEventCallback<long>((i, v, tags, _) => Take(i, v, tags));
        _listener.SetMeasurementEventCallback<float>((i, v, tags, _) => Take(i, v, tags));
        _listener.SetMeasurementEventCallback<double>((i, v, tags, _) => Take(i, v, tags));
        _listener.SetMeasurementEventCallback<decimal>((i, v, tags, _) => Take(i, (double)v, tags));
        _listener.Start();
    }

    /// <summary>Everything as it is now, in order of names. Observable instruments are asked first.</summary>
    public IReadOnlyList<MetricFamily> Collect()
    {
        _listener.RecordObservableInstruments();
        lock (_lock)
        {
            return [.. _instruments
                .GroupBy(i => (i.Key.Name, Kind: KindOf(i.Key)))
                .OrderBy(g => g.Key.Name, StringComparer.Ordinal)
                .Select(g => new MetricFamily(
                    g.Key.Name, g.First().Key.Unit ?? "", g.First().Key.Description ?? "", g.Key.Kind, SeriesOf(g.Select(i => i.Value), g.Key.Kind)))];
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    // Several meters may have the same name, one a library: their series are one metric's.
    private static List<MetricSeries> SeriesOf(IEnumerable<Dictionary<string, Series>> parts, MetricKind kind) =>
    [
        .. parts.SelectMany(p => p).GroupBy(s => s.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            Series first = g.First().Value;
            Series[] alike = [.. g.Select(s => s.Value).Where(s => s.Bounds.AsSpan().SequenceEqual(first.Bounds))];
            double value = kind == MetricKind.Gauge ? alike[^1].Value : alike.Sum(s => s.Value);
            return new MetricSeries(first.Labels, value, first.Bounds, [.. first.Counts.Select((_, i) => alike.Sum(s => s.Counts[i]))]);
        }),
    ];

    private static MetricKind KindOf(Instrument instrument)
    {
        Type type = instrument.GetType().IsGenericType ? instrument.GetType().GetGenericTypeDefinition() : instrument.GetType();
        return type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<float> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
        Histogram<int> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(b => (double)b)],
        _ => DefaultBounds,
    };

    private static string KeyOf(List<KeyValuePair<string, string>> labels) => string.Concat(labels.Select(l => $"{l.Key.Length}:{l.Key}={l.Value.Length}:{l.Value};"));

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<KeyValuePair<string, string>>(tags.Length);
        foreach (KeyValuePair<string, object?> tag in tags)
            labels.Add(new(tag.Key, Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? ""));
        labels.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        MetricKind kind = KindOf(instrument);
        lock (_lock)
        {
            if (!_instruments.TryGetValue(instrument, out Dictionary<string, Series>? all))
                _instruments.Add(instrument, all = new(StringComparer.Ordinal));
            string key = KeyOf(labels);
            if (!all.ContainsKey(key) && all.Count >= MostSeries)
            {
                labels = [new("otel.metric.overflow", "true")];
                key = KeyOf(labels);
            }
            if (!all.TryGetValue(key, out Series? series))
                all.Add(key, series = new Series(labels, kind == MetricKind.Histogram ? BoundsOf(instrument) : []));
            // An observable instrument tells its total, a synchronous one what is added; a gauge that is set tells its value.
            bool adds = kind != MetricKind.Gauge || instrument.GetType().GetGenericTypeDefinition() == typeof(UpDownCounter<>);
            series.Take(value, kind == MetricKind.Histogram, adds && !instrument.IsObservable);
        }
    }

    private sealed class Series(IReadOnlyList<KeyValuePair<string, string>> labels, double[] bounds)
    {
        public IReadOnlyList<KeyValuePair<string, string>> Labels => labels;

        public double[] Bounds => bounds;

        public double Value { get; private set; }

        public long[] Counts { get; private set; } = [];

        public void Take(double value, bool isHistogram, bool adds)
        {
            Value = adds ? Value + value : value;
            if (!isHistogram)
                return;
            if (Counts.Length == 0)
                Counts = new long[bounds.Length + 1];
            int bucket = Array.FindIndex(bounds, b => value <= b); // bounds are inclusive
            Counts[bucket < 0 ? bounds.Length : bucket]++;
        }
    }
}
