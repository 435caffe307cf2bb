namespace Pixelis.Evaluation.Statistics;

/// <summary>
/// Steele, Lea and Flood's SplitMix64 (OOPSLA 2014): the same numbers on every machine and in every version of .NET, which System.Random
/// does not promise.
/// </summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>From 0 to <paramref name="bound"/> - 1; the bias of the multiplication is below bound / 2^64.</summary>
    public int Next(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A well-mixed number that depends on a text, for a seed of its own.</summary>
    public static ulong Mix(ulong seed, string text)
    {
        ulong hash = 14695981039346656037; // FNV-1a
        foreach (char c in text)
            hash = (hash ^ c) * 1099511628211;
        return Mix(seed ^ Mix(hash));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
