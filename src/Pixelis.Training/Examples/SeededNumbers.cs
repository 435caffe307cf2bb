namespace Pixelis.Training;

/// <summary>Pseudo-random numbers that are functions of their arguments (SplitMix64; Steele et al., 2014): no state, so any thread may ask for any of them.</summary>
internal static class SeededNumbers
{
    public static ulong Hash(ulong seed, ulong a, ulong b = 0) => Mix(Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ a) ^ b);

    /// <summary>A number from 0 to below 1.</summary>
    public static double Unit(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>Puts items into a random order (Fisher and Yates).</summary>
    public static void Shuffle<T>(T[] items, ulong seed)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = (int)(Hash(seed, (ulong)i) % (ulong)(i + 1));
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
