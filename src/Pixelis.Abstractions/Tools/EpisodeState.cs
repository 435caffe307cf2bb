using System.Collections.Concurrent;

namespace Pixelis.Tools;

/// <summary>
/// Objects that tools keep for the length of one episode, by key. Thread-safe. Disposing it disposes what it holds.
/// </summary>
public sealed class EpisodeState : IDisposable
{
    private readonly ConcurrentDictionary<string, object> _entries = new(StringComparer.Ordinal);

    /// <summary>The object under a key, made by <paramref name="create"/> at first use.</summary>
    public T GetOrAdd<T>(string key, Func<T> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return (T)_entries.GetOrAdd(key, _ => create());
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (object entry in _entries.Values)
            (entry as IDisposable)?.Dispose();
        _entries.Clear();
    }
}
