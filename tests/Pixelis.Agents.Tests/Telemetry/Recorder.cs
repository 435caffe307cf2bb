using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Pixelis.Diagnostics;

namespace Pixelis.Agents.Tests.Telemetry;

/// <summary>Listens to everything Pixelis reports about one model: spans, measurements, and log lines of every level.</summary>
internal sealed class Recorder : IDisposable, ILoggerFactory, ILogger
{
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters = new();
    private readonly string _model;

    public Recorder(string model, params string[] tools)
    {
        _model = model;
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PixelisDiagnostics.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (Equals(span.GetTagItem(PixelisTags.RequestModel), _model))
                    Spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PixelisDiagnostics.SourceName)
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags, tools));
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags, tools));
        _meters.Start();
    }

    public ConcurrentQueue<Activity> Spans { get; } = new();

    public ConcurrentQueue<(string Instrument, double Value, Dictionary<string, object?> Tags)> Measurements { get; } = new();

    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    /// <summary>Every text that left, in one.</summary>
    public string Everything() => string.Join('\n',
    [
        .. Spans.SelectMany(s => (IEnumerable<string?>)[s.DisplayName, s.OperationName, s.StatusDescription,
            .. s.TagObjects.Select(t => $"{t.Key}={Text(t.Value)}"),
            .. s.Baggage.Select(b => $"{b.Key}={b.Value}"),
            .. s.Events.SelectMany(e => e.Tags.Select(t => $"{e.Name} {t.Key}={Text(t.Value)}"))]),
        .. Measurements.Select(m => $"{m.Instrument} {string.Join(' ', m.Tags.Select(t => $"{t.Key}={t.Value}"))}"),
        .. Lines.Select(l => l.Text),
    ]);

    public void Dispose()
    {
        _activities.Dispose();
        _meters.Dispose();
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string values = state is IReadOnlyList<KeyValuePair<string, object?>> named ? string.Join(' ', named.Select(v => $"{v.Key}={v.Value}")) : "";
        Lines.Enqueue((logLevel, $"{formatter(state, exception)} {values} {exception}"));
    }

    private static string? Text(object? value) => value is string[] many ? string.Join(',', many) : value?.ToString();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, string[] tools)
    {
        var named = new Dictionary<string, object?>(tags.ToArray());
        if (Equals(named.GetValueOrDefault(PixelisTags.RequestModel), _model) || tools.Contains(named.GetValueOrDefault(PixelisTags.ToolName)))
            Measurements.Enqueue((instrument.Name, value, named));
    }
}
