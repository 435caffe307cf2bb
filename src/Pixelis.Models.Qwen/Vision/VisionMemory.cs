using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// What the vision tower made of the pictures shown last, by their keys, so that a picture shown again is not looked at again. The
/// least recently used ones go first. Not thread-safe, as the model.
/// </summary>
/// <param name="capacity">Most bytes of features to keep; 0 keeps nothing.</param>
internal sealed class VisionMemory(long capacity) : IDisposable
{
    private readonly Dictionary<string, LinkedListNode<Seen>> _byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<Seen> _byUse = new(); // last used first
    private long _bytes;

    /// <summary>Pictures held.</summary>
    public int Count => _byKey.Count;

    /// <summary>The features of a picture, which stay the memory's; null when it is not held.</summary>
    public Tensor? Find(string key)
    {
        if (!_byKey.TryGetValue(key, out LinkedListNode<Seen>? node))
            return null;
        _byUse.Remove(node);
        _byUse.AddFirst(node);
        return node.Value.Features;
    }

    /// <summary>Keeps the features of a picture that is not held, if they fit, and takes them over from the caller's dispose scope then.</summary>
    public void Add(string key, Tensor features)
    {
        long bytes = features.NumberOfElements * features.ElementSize;
        if (bytes > capacity || _byKey.ContainsKey(key))
            return;
        while (_bytes + bytes > capacity)
            Remove(_byUse.Last!);
        _byKey.Add(key, _byUse.AddFirst(new Seen(key, features.DetachFromDisposeScope(), bytes)));
        _bytes += bytes;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        while (_byUse.Last is { } node)
            Remove(node);
    }

    /// <inheritdoc />
    public void Dispose() => Clear();

    private void Remove(LinkedListNode<Seen> node)
    {
        _byUse.Remove(node);
        _byKey.Remove(node.Value.Key);
        _bytes -= node.Value.Bytes;
        node.Value.Features.Dispose();
    }

    private sealed record Seen(string Key, Tensor Features, long Bytes);
}
