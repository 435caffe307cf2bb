namespace Pixelis.Generation.Logits;

/// <summary>
/// A token's rank as one number: a smaller key is a larger logit, and among equal logits a smaller id. Keys of different tokens are
/// never equal, so every cut through a ranking is exact and repeatable.
/// </summary>
internal static class RankKey
{
    /// <summary>The key of a token.</summary>
    public static ulong Of(float logit, int token)
    {
        uint bits = BitConverter.SingleToUInt32Bits(logit + 0f); // adding 0 turns -0 into +0: the two are the same logit
        uint ascending = (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
        return ((ulong)~ascending << 32) | (uint)token;
    }

    /// <summary>The token of a key.</summary>
    public static int Token(ulong key) => (int)(uint)key;

    /// <summary>Masks every token that ranks after <paramref name="last"/>.</summary>
    public static void MaskAfter(Span<float> logits, ulong last)
    {
        float lowest = logits[Token(last)];
        for (int token = 0; token < logits.Length; token++)
        {
            float logit = logits[token];
            if (logit < lowest || (logit == lowest && Of(logit, token) > last))
                logits[token] = float.NegativeInfinity;
        }
    }

    /// <summary>
    /// Reorders <paramref name="keys"/> so that the <paramref name="count"/> smallest come first; linear time on average.
    /// </summary>
    public static void PartitionSmallest(Span<ulong> keys, int count)
    {
        while (keys.Length > count && count > 0)
        {
            int border = Partition(keys, MedianOfThree(keys));
            if (border >= count)
            {
                keys = keys[..border];
                continue;
            }
            keys = keys[border..];
            count -= border;
        }
    }

    /// <summary>
    /// Moves the keys up to and including <paramref name="pivot"/> to the front; returns how many, at least 1 and, but for one key,
    /// less than all.
    /// </summary>
    public static int Partition(Span<ulong> keys, ulong pivot)
    {
        int border = 0;
        for (int i = 0; i < keys.Length; i++)
        {
            if (keys[i] <= pivot)
                (keys[i], keys[border]) = (keys[border++], keys[i]);
        }
        return border;
    }

    /// <summary>A pivot that is never the largest key of two or more, so that a partition always makes progress.</summary>
    public static ulong MedianOfThree(ReadOnlySpan<ulong> keys)
    {
        ulong a = keys[0], b = keys[keys.Length / 2], c = keys[^1];
        return keys.Length < 3 ? Math.Min(a, c) : Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
    }
}
