using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Pixelis.Online;

/// <summary>Asks again what is to be learnt, while others are answered. Thread-safe.</summary>
/// <param name="training">Asks and queues.</param>
/// <param name="stopping">Ends it; what is left waits for the next start.</param>
/// <param name="logger">Hears of what failed.</param>
internal sealed partial class TrainingInBackground(LabelTraining training, CancellationToken stopping, ILogger logger)
{
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Begins with an experience whose label a user changed: feedback is taken when its label is kept, and asking again may take long.</summary>
    public ValueTask Begin(Experience experience)
    {
        Task asking = Task.Run(() => GuardAsync(async () => await training.QueueAsync(experience, stopping).ConfigureAwait(false)), CancellationToken.None);
        _running.TryAdd(asking, true);
        _ = asking.ContinueWith(t => _running.TryRemove(t, out _), TaskScheduler.Default);
        return ValueTask.CompletedTask;
    }

    /// <summary>Queues what waited to be learnt when the process before ended.</summary>
    public Task CatchUpAsync() => GuardAsync(() => training.QueuePendingAsync(stopping));

    /// <summary>Waits until nothing runs any more.</summary>
    public async Task EndAsync() => await Task.WhenAll(_running.Keys).ConfigureAwait(false);

    // The memory notes what waits: whatever happens here, it is not lost.
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            NotQueued(logger, e.GetType().Name);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "What is to be learnt could not be queued ({Error}); it waits for the next start.")]
    private static partial void NotQueued(ILogger logger, string error);
}
