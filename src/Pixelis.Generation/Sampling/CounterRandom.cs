namespace Pixelis.Generation.Sampling;

/// <summary>
/// A counter-based random source: the number for (seed, step, counter) is computed, never drawn from a moving state. A sequence
/// therefore gets the same numbers whatever runs beside it, and a decode can be resumed at any step.
/// </summary>
/// <remarks>
/// The output function is SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): for a fixed
/// step the
/// counters walk one SplitMix64 stream, whose start is a hash of seed and step.
/// </remarks>
internal readonly struct CounterRandom
{
    private const ulong Increment = 0x9E3779B97F4A7C15;
    private const double TwoToMinus52 = 1.0 / (1L << 52);

    private readonly ulong _origin;

    /// <summary>The stream of one step (decoded token) of the sequence that <paramref name="seed"/> names.</summary>
    public CounterRandom(ulong seed, ulong step) => _origin = Mix(Mix(seed + Increment) + (step * Increment) + 1);

    /// <summary>64 random bits.</summary>
    public ulong Bits(ulong counter) => Mix(_origin + (counter * Increment));

    /// <summary>A number strictly between 0 and 1, with 52 random bits: one more, and the largest would round to 1.</summary>
    public double Uniform(ulong counter) => ToUniform(Bits(counter));

    /// <summary>The upper 52 bits as the middle of one of 2^52 equal intervals of (0, 1).</summary>
    internal static double ToUniform(ulong bits) => ((bits >> 12) + 0.5) * TwoToMinus52;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
