using System.Text;

namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>
/// Random numbers by position: number <c>i</c> of a tensor depends on the seed, the tensor's name and <c>i</c> alone, so the order
/// and the number of threads change nothing. SplitMix64 (Steele, Lea, Flood 2014) as a counter-based generator.
/// </summary>
internal readonly struct UniformNumbers
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private readonly ulong _key;

    public UniformNumbers(ulong seed, string name)
    {
        ulong key = Mix(seed + Step);
        foreach (byte value in Encoding.UTF8.GetBytes(name))
            key = Mix((key ^ value) + Step);
        _key = key;
    }

    /// <summary>Fills <paramref name="values"/> with numbers <paramref name="start"/> and following, uniform with the given mean and standard deviation.</summary>
    public void Fill(long start, float center, float deviation, float[] values)
    {
        const int Chunk = 1 << 16;
        float width = deviation * MathF.Sqrt(3) * 2;
        ulong key = _key;
        Parallel.For(0, (values.Length + Chunk - 1) / Chunk, chunk =>
        {
            int end = Math.Min(values.Length, (chunk + 1) * Chunk);
            for (int index = chunk * Chunk; index < end; index++)
            {
                ulong bits = Mix(key + ((ulong)(start + index) * Step));
                // 24 bits give every float32 in [0, 1) with equal spacing.
                float unit = (bits >> 40) * (1f / (1 << 24));
                values[index] = center + ((unit - 0.5f) * width);
            }
        });
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
