using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pixelis.Online.Metrics;

namespace Pixelis.Online.Alerts;

/// <summary>
/// Holds observed values against rules, and tells sinks. An alert is raised when every value of a rule's window was beyond its threshold, once in a
/// cool-down; it is resolved by the first value that is not. Meant for a loop that observes every few seconds, not for the path of a request.
/// Thread-safe.
/// </summary>
public sealed partial class AlertMonitor
{
    private readonly Lock _lock = new();
    private readonly List<Watch> _watches = [];
    private readonly IAlertSink[] _sinks;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Makes one.</summary>
    /// <param name="rules">The rules; <see cref="AlertRules.Default"/> for a beginning.</param>
    /// <param name="sinks">Who is told, in this order.</param>
    /// <param name="timeProvider">Null for the system's clock.</param>
    /// <param name="logger">Where failures of sinks are logged; null for nowhere.</param>
    /// <exception cref="ArgumentException">Two rules of one name, or a rule that is out of range.</exception>
    internal AlertMonitor(IEnumerable<AlertRule> rules, IEnumerable<IAlertSink> sinks, TimeProvider? timeProvider = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(sinks);
        foreach (AlertRule rule in rules)
        {
            rule.Check();
            if (_watches.Any(w => w.Rule.Name == rule.Name))
                throw new ArgumentException($"There are two rules '{rule.Name}'; each needs a name of its own.", nameof(rules));
            _watches.Add(new Watch(rule));
        }
        _sinks = [.. sinks];
        _time = timeProvider ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
    }

    /// <summary>Rules whose alert was raised and not resolved since.</summary>
    public IReadOnlyList<AlertRule> Raised
    {
        get
        {
            lock (_lock)
                return [.. _watches.Where(w => w.IsRaised).Select(w => w.Rule)];
        }
    }

    /// <summary>Takes a value of a metric. Values that are not numbers are passed over: they say nothing about what is measured.</summary>
    /// <returns>What was told to the sinks because of it.</returns>
    internal async ValueTask<IReadOnlyList<Alert>> ObserveAsync(string metric, double value, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(metric);
        if (double.IsNaN(value))
            return [];
        List<Alert> alerts;
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            alerts = [.. _watches.Where(w => w.Rule.Metric == metric).Select(w => w.Take(value, now)).OfType<Alert>()];
        }
        foreach (Alert alert in alerts)
            await TellAsync(alert, cancellationToken).ConfigureAwait(false);
        return alerts;
    }

    private async ValueTask TellAsync(Alert alert, CancellationToken cancellationToken)
    {
        if (!alert.IsResolved)
        {
            OnlineMetrics.Alerts.Add(
                1,
                new KeyValuePair<string, object?>(OnlineInstruments.RuleTag, alert.Rule.Name),
                new KeyValuePair<string, object?>(OnlineInstruments.SeverityTag, alert.Rule.Severity.ToString().ToLowerInvariant()));
        }
        foreach (IAlertSink sink in _sinks)
        {
            try
            {
                await sink.SendAsync(alert, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                SinkFailed(_logger, sink.GetType().Name, alert.Rule.Name, e.GetType().Name);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "{Sink} could not pass on the alert {Rule}: {Error}.")]
    private static partial void SinkFailed(ILogger logger, string sink, string rule, string error);

    private sealed class Watch(AlertRule rule)
    {
        private DateTimeOffset? _beyondSince, _raisedAt;

        public AlertRule Rule => rule;

        public bool IsRaised { get; private set; }

        public Alert? Take(double value, DateTimeOffset now)
        {
            if (!rule.Matches(value))
            {
                _beyondSince = null;
                bool wasRaised = IsRaised;
                IsRaised = false;
                return wasRaised ? new Alert(rule, value, now, IsResolved: true) : null;
            }
            _beyondSince ??= now;
            if (now - _beyondSince < rule.Window || (_raisedAt is { } raised && now - raised < rule.CoolDown))
                return null;
            _raisedAt = now;
            IsRaised = true;
            return new Alert(rule, value, now, IsResolved: false);
        }
    }
}
