using System.Collections.Concurrent;

namespace Pixelis.Tools.Visual.Reading;

/// <summary>Warm engines by language: as many as callers have worked at once, and no more than a limit is kept.</summary>
internal sealed class TesseractEnginePool(string? dataPath) : IDisposable
{
    private static readonly int MostKept = Environment.ProcessorCount;
    private readonly ConcurrentDictionary<string, ConcurrentBag<TesseractEngine>> _idle = new();
    private volatile bool _disposed;

    /// <summary>Lends an engine to <paramref name="work"/>. An engine whose work failed is not used again.</summary>
    internal T Use<T>(string language, Func<TesseractEngine, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ConcurrentBag<TesseractEngine> idle = _idle.GetOrAdd(language, _ => []);
        if (!idle.TryTake(out TesseractEngine? engine))
            engine = TesseractEngine.Load(language, dataPath);
        bool whole = false;
        try
        {
            T result = work(engine);
            whole = true;
            return result;
        }
        finally
        {
            if (whole && !_disposed && idle.Count < MostKept)
                idle.Add(engine);
            else
                engine.Dispose();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (ConcurrentBag<TesseractEngine> idle in _idle.Values)
        {
            while (idle.TryTake(out TesseractEngine? engine))
                engine.Dispose();
        }
    }
}
