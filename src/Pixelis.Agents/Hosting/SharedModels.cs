using Pixelis.Generation;

namespace Pixelis.Agents.Hosting;

/// <summary>The models of a container: each is loaded once, whoever asks, and freed with the container. Thread-safe.</summary>
internal sealed class SharedModels : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ModelKey, Entry> _models = [];
    private bool _disposed;

    /// <summary>The model under a key, made at first use. Different models are made at the same time; one that fails is tried anew.</summary>
    public IVisionLanguageModel Get(ModelKey key, Func<IVisionLanguageModel> load)
    {
        Entry entry;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_models.TryGetValue(key, out entry!))
                _models.Add(key, entry = new Entry());
        }
        lock (entry.Lock)
            return entry.Model ??= load();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
        }
        foreach (Entry entry in _models.Values)
        {
            lock (entry.Lock)
                entry.Model?.Dispose();
        }
    }

    private sealed class Entry
    {
        public Lock Lock { get; } = new();

        public IVisionLanguageModel? Model { get; set; }
    }
}
