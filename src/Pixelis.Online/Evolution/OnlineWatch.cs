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
    private readonly IExperienceBuffer _experiences;
    private readonly TimeProvider _time;
    private readonly QuantileWindow _latency;

    public OnlineWatch(AlertMonitor alerts, UpdateQueue queue, IExperienceBuffer experiences, OnlineAgent agent, TimeProvider? time)
    {
        (_alerts, _queue, _experiences, _time) = (alerts, queue, experiences, time ?? TimeProvider.System);
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
        }
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
