using System.Numerics;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>The tokens' bytes by id and the ids by bytes. Filled by a loader, then only read.</summary>
internal sealed class Vocabulary
{
    private readonly List<byte[]?> _tokens = [];
    private int[] _buckets = new int[1 << 12]; // id + 1, 0 = empty; open addressing

    /// <summary>One more than the largest id.</summary>
    public int Size => _tokens.Count;

    /// <summary>How many ids have a token.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes of a token, or null where the id has none (or lies beyond the end).</summary>
    public byte[]? this[int id] => id < _tokens.Count ? _tokens[id] : null;

    /// <summary>Adds a token.</summary>
    /// <returns>False when the id or the bytes are taken already.</returns>
    public bool TryAdd(ReadOnlySpan<byte> token, int id)
    {
        if (this[id] is not null)
            return false;
        if ((Count + 1) * 2 > _buckets.Length)
            Grow();
        int bucket = BucketOf(token);
        if (_buckets[bucket] != 0)
            return false;
        while (_tokens.Count <= id)
            _tokens.Add(null);
        _tokens[id] = token.ToArray();
        _buckets[bucket] = id + 1;
        Count++;
        return true;
    }

    /// <summary>The id of a token, or -1.</summary>
    public int Find(ReadOnlySpan<byte> token) => _buckets[BucketOf(token)] - 1;

    private int BucketOf(ReadOnlySpan<byte> token)
    {
        int mask = _buckets.Length - 1;
        int bucket = (int)Hash(token) & mask;
        while (_buckets[bucket] != 0 && !token.SequenceEqual(_tokens[_buckets[bucket] - 1]))
            bucket = (bucket + 1) & mask;
        return bucket;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        for (int id = 0; id < _tokens.Count; id++)
        {
            if (_tokens[id] is { } token)
                _buckets[BucketOf(token)] = id + 1;
        }
    }

    // FNV-1a, then mixed once more because only low bits pick the bucket. Tokens are short.
    private static uint Hash(ReadOnlySpan<byte> token)
    {
        uint hash = 2166136261;
        foreach (byte b in token)
            hash = (hash ^ b) * 16777619;
        return hash ^ BitOperations.RotateRight(hash, 15);
    }
}
