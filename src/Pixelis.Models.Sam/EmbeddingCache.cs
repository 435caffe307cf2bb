namespace Pixelis.Models.Sam;

/// <summary>
/// Embeddings by picture, the most recently used ones. One picture is encoded at a time: that bounds memory, and whoever waits for
/// the same picture finds it done.
/// </summary>
internal sealed class EmbeddingCache(int capacity) : IDisposable
{
    private readonly LinkedList<(string Key, float[] Value)> _recent = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, float[] Value)>> _nodes = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _encoding = new(1);

    /// <summary>The embedding of a picture; made when it is not there.</summary>
    public float[] Get(string key, Func<float[]> encode, CancellationToken cancellationToken)
    {
        if (Find(key) is { } known)
            return known;
        _encoding.Wait(cancellationToken);
        try
        {
            if (Find(key) is { } meanwhile)
                return meanwhile;
            float[] made = encode();
            Keep(key, made);
            return made;
        }
        finally
        {
            _encoding.Release();
        }
    }

    public void Dispose() => _encoding.Dispose();

    private float[]? Find(string key)
    {
        lock (_nodes)
        {
            if (!_nodes.TryGetValue(key, out LinkedListNode<(string Key, float[] Value)>? node))
                return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Value;
        }
    }

    private void Keep(string key, float[] value)
    {
        if (capacity == 0)
            return;
        lock (_nodes)
        {
            _nodes[key] = _recent.AddFirst((key, value));
            if (_nodes.Count <= capacity)
                return;
            _nodes.Remove(_recent.Last!.Value.Key);
            _recent.RemoveLast();
        }
    }
}
