using System.Buffers;
using Pixelis.Generation.Sampling;

namespace Pixelis.Generation.Logits;

/// <summary>
/// Keeps the smallest set of most likely tokens whose probability reaches <c>p</c>, never fewer than one
/// (nucleus sampling, Holtzman et al., arXiv:1904.09751).
/// </summary>
internal sealed class TopPProcessor(double p) : ILogitsProcessor
{
    private const float FirstShare = 1f / 1024; // of the most likely token: with a trained model these few already hold the nucleus
    private const float NextShare = 1f / 64;

    /// <inheritdoc />
    public void Process(Span<float> logits, TokenHistory history)
    {
        float[] weights = ArrayPool<float>.Shared.Rent(logits.Length);
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(logits.Length);
        Span<float> weight = weights.AsSpan(0, logits.Length);
        double target = p * LogSoftmax.Weights(logits, weight);
        int count = Candidates(logits, weight, target, keys);
        RankKey.MaskAfter(logits, LastOfNucleus(keys.AsSpan(0, count), weight, target));
        ArrayPool<float>.Shared.Return(weights);
        ArrayPool<ulong>.Shared.Return(keys);
    }

    /// <summary>
    /// Collects every token above a bar that is lowered until the tokens above it hold the wanted mass: they contain the nucleus, and
    /// nothing else is ever ordered.
    /// </summary>
    private static int Candidates(ReadOnlySpan<float> logits, ReadOnlySpan<float> weight, double target, Span<ulong> keys)
    {
        for (float bar = FirstShare; ; bar *= NextShare)
        {
            int count = 0;
            double mass = 0;
            for (int token = 0; token < weight.Length; token++)
            {
                if (weight[token] >= bar && weight[token] > 0)
                {
                    keys[count++] = RankKey.Of(logits[token], token);
                    mass += weight[token];
                }
            }
            if (mass >= target || bar == 0)
                return count;
        }
    }

    /// <summary>A quick-select by mass: the last key of the shortest best-first prefix that holds <paramref name="target"/>.</summary>
    private static ulong LastOfNucleus(Span<ulong> keys, ReadOnlySpan<float> weight, double target)
    {
        while (keys.Length > 1)
        {
            int border = RankKey.Partition(keys, RankKey.MedianOfThree(keys));
            double mass = 0;
            foreach (ulong key in keys[..border])
                mass += weight[RankKey.Token(key)];
            if (mass >= target)
            {
                keys = keys[..border];
                continue;
            }
            target -= mass;
            keys = keys[border..];
        }
        return keys[0];
    }
}
