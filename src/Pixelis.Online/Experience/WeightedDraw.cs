namespace Pixelis.Online;

/// <summary>
/// Draws without putting back, likelier the heavier (Efraimidis and Spirakis, 2006: the smallest of -ln(u) / weight). The number drawn
/// for an experience depends on the seed and its id alone, so the order in which they come does not matter.
/// </summary>
internal static class WeightedDraw
{
    public static long[] Draw(IEnumerable<(long Id, double Weight)> all, int count, ulong seed)
    {
        if (count <= 0)
            return [];
        // The largest key on top, to be thrown out first.
        var kept = new PriorityQueue<long, double>();
        foreach ((long id, double weight) in all)
        {
            double key = -Math.Log(Uniform(seed, id)) / weight;
            if (kept.Count < count)
                kept.Enqueue(id, -key);
            else
                kept.EnqueueDequeue(id, -key);
        }
        var drawn = new long[kept.Count];
        for (int i = drawn.Length - 1; i >= 0; i--)
            drawn[i] = kept.Dequeue();
        return drawn;
    }

    // SplitMix64, above 0 and at most 1.
    private static double Uniform(ulong seed, long id)
    {
        ulong x = Mix(seed ^ Mix((ulong)id + 0x9E3779B97F4A7C15));
        return ((x >> 11) + 1) * (1.0 / (1UL << 53));
    }

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
