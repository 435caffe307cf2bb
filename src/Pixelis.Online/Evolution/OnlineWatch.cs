using Pixelis.Online.Alerts;
using Pixelis.Online.Metrics;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>Looks every few seconds at what alerts are about: the queue, memory, and how long answers take.</summary>
internal sealed class OnlineWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly AlertMonitor _alerts;
    private readonly UpdateQueue _queue;
    private readonly UpdateWorker _worker;
    private readonly IExperienceBuffer _experiences;
    private readonly OnlineFaults _faults;
    private readonly TimeProvider _time;
    private readonly QuantileWindow _latency;
    private (long Updates, long Uses, long Failures) _before;

    public OnlineWatch(AlertMonitor alerts, UpdateQueue queue, UpdateWorker worker, IExperienceBuffer experiences, OnlineAgent agent, TimeProvider? time)
    {
        (_alerts, _queue, _worker, _experiences, _faults, _time) = (alerts, queue, worker, experiences, agent.Faults, time ?? TimeProvider.System);
        _latency = new QuantileWindow(1024, TimeSpan.FromMinutes(5), time);
        agent.Answered += answer => _latency.Add((_time.GetUtcNow() - answer.Trajectory.StartedAt).TotalSeconds);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            GCMemoryInfo memory = GC.GetGCMemoryInfo();
            double share = memory.TotalAvailableMemoryBytes > 0 ? Environment.WorkingSet / (double)memory.TotalAvailableMemoryBytes : double.NaN;
            OnlineMetrics.MemoryShare.Record(share);
            _queue.Measure();
            await CountAsync(cancellationToken).ConfigureAwait(false);
            await _alerts.ObserveAsync(AlertRules.MemoryShare, share, cancellationToken).ConfigureAwait(false);
            await _alerts.ObserveAsync(AlertRules.QueueFill, _queue.Waiting / (double)_queue.Capacity, cancellationToken).ConfigureAwait(false);
            await _alerts.ObserveAsync(AlertRules.LatencyP99, _latency.Quantile(0.99), cancellationToken).ConfigureAwait(false);
            await ObserveRatesAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Since the last look. Where nothing waits to be learnt, no update is missed.
    private async Task ObserveRatesAsync(CancellationToken cancellationToken)
    {
        (long uses, long failures) = _faults.UsesOf("experiences");
        (long Updates, long Uses, long Failures) now = (_worker.Updates, uses, failures);
        double updates = (now.Updates - _before.Updates) / Interval.TotalSeconds, failed = (now.Failures - _before.Failures) / (double)(now.Uses - _before.Uses);
        _before = now;
        await _alerts.ObserveAsync(AlertRules.UpdateRate, _queue.Waiting == 0 ? Math.Max(updates, 1) : updates, cancellationToken).ConfigureAwait(false);
        await _alerts.ObserveAsync(AlertRules.IndexFailureShare, failed, cancellationToken).ConfigureAwait(false); // not a number without any use
    }

    // A store that cannot be read is told where it is used, and by its health.
    private async Task CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            OnlineMetrics.Experiences.Record(await _experiences.CountAsync(null, cancellationToken).ConfigureAwait(false));
        }
        catch (PixelisException)
        {
        }
    }
}
