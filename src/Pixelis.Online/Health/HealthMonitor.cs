namespace Pixelis.Online.Health;

/// <summary>Asks each part how it is. A part that does not answer in time, or throws, is unhealthy; the others are told all the same. Thread-safe.</summary>
public sealed class HealthMonitor
{
    private readonly Lock _lock = new();
    private readonly List<(string Name, Func<CancellationToken, ValueTask<ComponentHealth>> Ask)> _parts = [];
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;

    /// <summary>Makes one without parts.</summary>
    /// <param name="patience">How long a part may take to answer; null for 2 s.</param>
    /// <param name="timeProvider">Null for the system's clock.</param>
    public HealthMonitor(TimeSpan? patience = null, TimeProvider? timeProvider = null)
    {
        _patience = patience ?? TimeSpan.FromSeconds(2);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_patience, TimeSpan.Zero);
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Adds a part.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="ask">How it is; its own name in the answer is replaced by <paramref name="name"/>.</param>
    public void Add(string name, Func<CancellationToken, ValueTask<ComponentHealth>> ask)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(ask);
        lock (_lock)
            _parts.Add((name, ask));
    }

    /// <summary>Asks all parts, at the same time.</summary>
    public async Task<OnlineHealth> CheckAsync(CancellationToken cancellationToken = default)
    {
        (string, Func<CancellationToken, ValueTask<ComponentHealth>>)[] parts;
        lock (_lock)
            parts = [.. _parts];
        return new OnlineHealth(await Task.WhenAll(parts.Select(p => AskAsync(p.Item1, p.Item2, cancellationToken))).ConfigureAwait(false));
    }

    private async Task<ComponentHealth> AskAsync(string name, Func<CancellationToken, ValueTask<ComponentHealth>> ask, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            Task<ComponentHealth> answer = Task.Run(async () => await ask(stop.Token).ConfigureAwait(false), CancellationToken.None);
            return await answer.WaitAsync(_patience, _time, cancellationToken).ConfigureAwait(false) with { Name = name };
        }
        catch (TimeoutException)
        {
            return new ComponentHealth(name, HealthState.Unhealthy, $"no answer within {_patience.TotalSeconds:0.###} s");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Its message may quote what a request said.
            return new ComponentHealth(name, HealthState.Unhealthy, $"it failed with {e.GetType().Name}");
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }
}
