using System.Diagnostics;

namespace Pixelis.Serving.Admission;

/// <summary>A request's place: first in the queue, then among those that run. Disposing it makes room.</summary>
internal sealed class EpisodeSlot(EpisodeSlots slots) : IDisposable
{
    private long? _started;
    private int _left;

    /// <summary>Waits for its turn.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await slots.StartAsync(cancellationToken);
        _started = Stopwatch.GetTimestamp();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            slots.Leave(_started is { } started ? Stopwatch.GetElapsedTime(started) : null);
    }
}
