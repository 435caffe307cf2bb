using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>
/// Caches of one row each that take a decoding step together. Each keeps its own storage, so a sequence joins or leaves between two steps
/// at no cost. Used like a cache: <see cref="Begin"/>, one <see cref="Attend"/> a layer, <see cref="Commit"/>.
/// </summary>
public sealed class KeyValueRows
{
    private readonly KeyValueCache[] _caches;

    /// <summary>Puts caches together; they stay the caller's.</summary>
    /// <param name="caches">At least one; each of one row without padding and with something read, all of one layout.</param>
    public KeyValueRows(IReadOnlyList<KeyValueCache> caches)
    {
        ArgumentNullException.ThrowIfNull(caches);
        ArgumentOutOfRangeException.ThrowIfZero(caches.Count);
        foreach (KeyValueCache cache in caches)
        {
            if (cache.Batch != 1 || cache.Length == 0 || cache.IsPadding(0, 0) || !cache.Layout.HasShapeOf(caches[0].Layout))
                throw new ArgumentException("Every cache must have one row without padding, hold a token, and belong to the same model.", nameof(caches));
        }

        if (new HashSet<KeyValueCache>(caches, ReferenceEqualityComparer.Instance).Count != caches.Count)
            throw new ArgumentException("A cache is named twice; each can take one step at a time.", nameof(caches));

        _caches = [.. caches];
    }

    /// <summary>Rows.</summary>
    public int Count => _caches.Length;

    /// <summary>The cache of a row.</summary>
    public KeyValueCache this[int row] => _caches[row];

    /// <summary>Sizes of the model.</summary>
    public KeyValueLayout Layout => _caches[0].Layout;

    /// <summary>Position that the next token of a row gets.</summary>
    public long NextPosition(int row) => _caches[row].NextPosition(0);

    /// <summary>Opens one column in every row.</summary>
    /// <exception cref="ContextLengthException">A row is full; nothing was changed.</exception>
    public void Begin()
    {
        if (Array.Find(_caches, cache => cache.Length == cache.Capacity) is { } full)
            throw new ContextLengthException($"a key-value cache holds {full.Length} tokens, all it has room for");
        foreach (KeyValueCache cache in _caches)
            cache.BeginAppend(1);
    }

    /// <summary>Stores a layer's keys and values of the new column, and attends.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="query">Rotated queries, <c>[B, Hq, 1, D]</c>.</param>
    /// <param name="key">Rotated keys, <c>[B, Hkv, 1, D]</c>.</param>
    /// <param name="value">Values, <c>[B, Hkv, 1, D]</c>.</param>
    /// <param name="scale">Factor of the scores.</param>
    /// <returns><c>[B, 1, Hq * D]</c>, in the dispose scope of the caller.</returns>
    public Tensor Attend(int layer, Tensor query, Tensor key, Tensor value, double scale) =>
        RowAttention.Apply(query, key, value, Array.ConvertAll(_caches, cache => cache.RowStorage(layer)), scale);

    /// <summary>Makes the new column part of every row.</summary>
    public void Commit()
    {
        foreach (KeyValueCache cache in _caches)
            cache.Commit();
    }
}
