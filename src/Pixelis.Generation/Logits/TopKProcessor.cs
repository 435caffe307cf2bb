using System.Buffers;

namespace Pixelis.Generation.Logits;

/// <summary>Keeps the <c>k</c> most likely tokens, the smaller id first among equals (Fan et al., arXiv:1805.04833).</summary>
internal sealed class TopKProcessor(int k) : ILogitsProcessor
{
    private const int SmallestBuffer = 256;

    /// <inheritdoc />
    public void Process(Span<float> logits, TokenHistory history)
    {
        if (k >= logits.Length)
            return;
        // Candidates gather in a buffer of twice k; when it is full the worse half is dropped, and what follows must beat the worst one
        // kept.
        int capacity = (int)Math.Min(Math.Max(2L * k, SmallestBuffer), logits.Length);
        ulong[] rented = ArrayPool<ulong>.Shared.Rent(capacity);
        Span<ulong> buffer = rented.AsSpan(0, capacity);
        int count = 0;
        float bar = float.NegativeInfinity;
        for (int token = 0; token < logits.Length; token++)
        {
            if (!(logits[token] > bar)) // an equal logit with a larger id ranks behind the ones kept
                continue;
            buffer[count++] = RankKey.Of(logits[token], token);
            if (count == capacity)
            {
                RankKey.PartitionSmallest(buffer, k);
                count = k;
                bar = logits[RankKey.Token(Worst(buffer[..k]))];
            }
        }
        if (count > k)
        {
            RankKey.PartitionSmallest(buffer[..count], k);
            count = k;
        }
        if (count == k)
            RankKey.MaskAfter(logits, Worst(buffer[..k]));
        ArrayPool<ulong>.Shared.Return(rented);
    }

    private static ulong Worst(ReadOnlySpan<ulong> keys)
    {
        ulong worst = 0;
        foreach (ulong key in keys)
            worst = Math.Max(worst, key);
        return worst;
    }
}
