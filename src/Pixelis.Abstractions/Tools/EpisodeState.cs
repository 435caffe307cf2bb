namespace Pixelis.Tools;

/// <summary>
/// Objects that tools keep for the length of one episode, by key. Thread-safe. Disposing it disposes what it holds, though not before the
/// last call has returned that a budget left behind (<see cref="ToolBudgetExtensions.WithBudget"/>): such a call still uses it.
/// </summary>
public sealed class EpisodeState : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, object> _entries = new(StringComparer.Ordinal);
    private int _holders = 1; // the owner, and every call that runs
    private bool _disposed;

    /// <summary>The object under a key, made by <paramref name="create"/> at first use, once.</summary>
    /// <exception cref="ObjectDisposedException">The episode is over.</exception>
    public T GetOrAdd<T>(string key, Func<T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_holders == 0, this);
            if (!_entries.TryGetValue(key, out object? entry))
                _entries.Add(key, entry = create());
            return (T)entry;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true))
            LetGo();
    }

    /// <summary>Keeps everything alive until <see cref="LetGo"/>.</summary>
    /// <exception cref="ObjectDisposedException">The episode is over.</exception>
    internal void Hold()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_holders == 0, this);
            _holders++;
        }
    }

    internal void LetGo()
    {
        lock (_lock)
        {
            if (--_holders > 0)
                return;
        }
        foreach (object entry in _entries.Values)
            (entry as IDisposable)?.Dispose();
        _entries.Clear();
    }
}
