using System.Diagnostics.Metrics;
using Pixelis.Online.Metrics;

namespace Pixelis.Online.Tests.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly string _name = "test." + Guid.NewGuid().ToString("N");
    private readonly Meter _meter;
    private readonly MetricsCollector _collector;

    public MetricsCollectorTests() => (_meter, _collector) = (new Meter(_name), new MetricsCollector(_name));

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counters_add_up_by_their_labels_whatever_the_order()
    {
        Counter<long> counter = _meter.CreateCounter<long>("c", "{x}", "Help.");
        counter.Add(1, new("a", "1"), new("b", "2"));
        counter.Add(2, new("b", "2"), new("a", "1"));
        counter.Add(5, new KeyValuePair<string, object?>("a", "1;b=2"));
        MetricFamily family = Assert.Single(_collector.Collect());
        Assert.Equal(("c", "{x}", "Help.", MetricKind.Counter), (family.Name, family.Unit, family.Help, family.Kind));
        Assert.Equal([3.0, 5.0], family.Series.Select(s => s.Value).Order());
    }

    [Fact]
    public void Gauges_are_the_last_value_and_observable_instruments_are_asked()
    {
        Gauge<double> gauge = _meter.CreateGauge<double>("g");
        gauge.Record(3);
        gauge.Record(2);
        UpDownCounter<int> both = _meter.CreateUpDownCounter<int>("u");
        both.Add(5);
        both.Add(-2);
        int asked = 0;
        _meter.CreateObservableCounter("oc", () => ++asked * 10L);
        _meter.CreateObservableGauge("og", () => 7.5);
        _collector.Collect();
        Dictionary<string, (MetricKind Kind, double Value)> now = _collector.Collect().ToDictionary(f => f.Name, f => (f.Kind, f.Series.Single().Value));
        Assert.Equal((MetricKind.Gauge, 2.0), now["g"]);
        Assert.Equal((MetricKind.Gauge, 3.0), now["u"]);
        Assert.Equal((MetricKind.Counter, 20.0), now["oc"]);
        Assert.Equal((MetricKind.Gauge, 7.5), now["og"]);
    }

    [Fact]
    public void Histograms_count_by_the_bounds_that_the_instrument_advises()
    {
        Histogram<double> histogram = _meter.CreateHistogram("h", "s", "", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        foreach (double value in new[] { 0.5, 1, 1.5, 2, 9 })
            histogram.Record(value);
        MetricSeries series = _collector.Collect().Single().Series.Single();
        Assert.Equal([1.0, 2.0], series.Bounds);
        Assert.Equal([2L, 2L, 1L], series.Counts);
        Assert.Equal(14, series.Value);
        Assert.Contains("h_seconds_bucket{le=\"2\"} 4\n", PrometheusText.Write(_collector.Collect()), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_without_end_do_not_fill_the_memory()
    {
        Counter<long> counter = _meter.CreateCounter<long>("c");
        for (int i = 0; i < 3000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));
        MetricFamily family = _collector.Collect().Single();
        Assert.Equal(1001, family.Series.Count);
        Assert.Equal(3000, family.Series.Sum(s => s.Value));
        Assert.Equal(2000, family.Series.Single(s => s.Labels[0].Key == "otel.metric.overflow").Value);
    }

    [Fact]
    public void Other_meters_do_not_count()
    {
        using var other = new Meter("other" + _name);
        other.CreateCounter<long>("c").Add(1);
        Assert.Empty(_collector.Collect());
    }

    [Fact]
    public void What_learning_measures_arrives()
    {
        using var collector = new MetricsCollector();
        OnlineMetrics.Updates.Add(1, new KeyValuePair<string, object?>(OnlineInstruments.OutcomeTag, "applied"));
        OnlineMetrics.UpdateKl.Record(0.05);
        string text = PrometheusText.Write(collector.Collect());
        Assert.Contains("pixelis_online_updates_total{pixelis_outcome=\"applied\"} ", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE pixelis_online_update_kl histogram\n", text, StringComparison.Ordinal);
    }
}
