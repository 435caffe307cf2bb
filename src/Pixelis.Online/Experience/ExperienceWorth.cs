namespace Pixelis.Online;

/// <summary>How likely an experience is drawn, and how soon it leaves a full buffer.</summary>
internal static class ExperienceWorth
{
    /// <summary>Priority, and 0.7 + 0.3 of the share of right votes once it has voted.</summary>
    public static double Weight(double priority, long uses, long successes) =>
        priority * (uses == 0 ? 1 : 0.7 + (0.3 * successes / uses));

    /// <summary>See <see cref="ExperienceBufferOptions.Capacity"/>.</summary>
    public static double Value(double priority, long uses, long successes, LabelSource source, TimeSpan age, TimeSpan halfLife) =>
        Weight(priority, uses, successes)
        * Math.Pow(2, -Math.Max(0, age / halfLife))
        * (1 + Math.Log2(1 + uses))
        * (source == LabelSource.Person ? 2 : 1);

    /// <summary>How many leave a buffer of this capacity that holds so many.</summary>
    public static int Leaving(long held, int capacity) => held <= capacity ? 0 : (int)(held - capacity) + (capacity / 100);
}
