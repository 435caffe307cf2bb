using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pixelis.Online.Alerts;
using Pixelis.Online.Audit;
using Pixelis.Online.Health;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>
/// What failed behind an answer that was given all the same: told to health, alerts and log, by the part and the exception's type, and not by its
/// words, which may quote a request; only what a store says of its disk is logged. A part is well again when it works again. Thread-safe.
/// </summary>
internal sealed partial class OnlineFaults
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (long Uses, long Count, string? Last)> _parts = new(StringComparer.Ordinal);
    private readonly AlertMonitor? _alerts;
    private readonly ILogger _logger;

    /// <summary>Makes one that has seen nothing.</summary>
    /// <param name="alerts">Hears of failures as <see cref="AlertRules.MemoryFailed"/>; null for nobody.</param>
    /// <param name="logger">Null for nowhere.</param>
    public OnlineFaults(AlertMonitor? alerts = null, ILogger? logger = null) => (_alerts, _logger) = (alerts, logger ?? NullLogger.Instance);

    /// <summary>How the memory is: degraded while the last use of a part failed.</summary>
    public ComponentHealth Health
    {
        get
        {
            lock (_lock)
            {
                string[] failing = [.. _parts.Where(p => p.Value.Last is not null).Select(p => $"{p.Key} failed with {p.Value.Last} ({p.Value.Count} failures so far); answers are given without")];
                return failing.Length == 0 ? new ComponentHealth("memory", HealthState.Healthy) : new ComponentHealth("memory", HealthState.Degraded, string.Join("; ", failing));
            }
        }
    }

    /// <summary>How often a part failed, by name.</summary>
    public IReadOnlyDictionary<string, long> Counts
    {
        get
        {
            lock (_lock)
                return _parts.Where(p => p.Value.Count > 0).ToDictionary(p => p.Key, p => p.Value.Count);
        }
    }

    /// <summary>How often a part was used, and how often it failed.</summary>
    internal (long Uses, long Failures) UsesOf(string part)
    {
        lock (_lock)
        {
            (long uses, long failures, _) = _parts.GetValueOrDefault(part);
            return (uses, failures);
        }
    }

    /// <summary>Uses a part. What it throws is told, and is a default value here; cancellation by the caller goes through.</summary>
    internal async Task<T?> TryAsync<T>(string part, List<string> failures, Func<Task<T>> use, CancellationToken cancellationToken = default)
    {
        try
        {
            T result = await use().ConfigureAwait(false);
            if (Note(part, null))
                await TellAsync(0).ConfigureAwait(false);
            return result;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            failures.Add(part);
            Note(part, e.GetType().Name);
            PartFailed(_logger, part, e.GetType().FullName, DiskOf(e), e.StackTrace);
            await TellAsync(1).ConfigureAwait(false);
            return default;
        }
    }

    // True when the last part that was failing works again.
    private bool Note(string part, string? error)
    {
        lock (_lock)
        {
            (long uses, long count, string? last) = _parts.GetValueOrDefault(part);
            _parts[part] = (uses + 1, count + (error is null ? 0 : 1), error);
            if (error is null && last is null)
                return false;
            return _parts.Values.All(p => p.Last is null);
        }
    }

    private async Task TellAsync(double value)
    {
        if (_alerts is not null)
            await _alerts.ObserveAsync(AlertRules.MemoryFailed, value).ConfigureAwait(false);
    }

    // What a store says of its disk speaks of files and the system, and not of requests: it is what an operator needs to know.
    private static string DiskOf(Exception e) =>
        e is ExperienceStoreException or AuditException && e.InnerException is { } inner && (inner is SqliteException || PolicyFolder.IsOfTheDisk(inner)) ? $": {e.Message}" : ".";

    [LoggerMessage(1, LogLevel.Error, "Behind an answer, {Part} failed with {Error}{Disk}\n{Trace}")]
    private static partial void PartFailed(ILogger logger, string part, string? error, string disk, string? trace);
}
