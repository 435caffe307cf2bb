namespace Pixelis.Data.Drawing;

/// <summary>
/// A small seeded generator (SplitMix64: Steele, Lea and Flood, 2014), the same on every machine and version; <see cref="Random"/>'s
/// sequence is promised by neither.
/// </summary>
internal sealed class SceneRandom(ulong seed)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    public ulong NextBits()
    {
        _state += Step;
        return Mix(_state);
    }

    /// <summary>A number from 0 to <paramref name="count"/> - 1.</summary>
    public int Next(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Next(most - least + 1);

    /// <summary>True in <paramref name="percent"/> of 100 cases.</summary>
    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Some of the items, each at most once, in random order.</summary>
    public T[] Draw<T>(IReadOnlyList<T> items, int count)
    {
        T[] all = [.. items];
        for (int i = 0; i < count; i++)
        {
            int other = i + Next(all.Length - i);
            (all[i], all[other]) = (all[other], all[i]);
        }
        return all[..count];
    }

    /// <summary>SplitMix64's finaliser: a bijection of the 64-bit numbers.</summary>
    internal static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>The inverse of <see cref="Mix"/>.</summary>
    internal static ulong Unmix(ulong z)
    {
        z = (z ^ (z >> 31) ^ (z >> 62)) * 0x319642B2D24D8EC3;
        z = (z ^ (z >> 27) ^ (z >> 54)) * 0x96DE1B173F119089;
        return z ^ (z >> 30) ^ (z >> 60);
    }
}
