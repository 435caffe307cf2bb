namespace Pixelis.Data.Drawing;

/// <summary>
/// Angles in 1024ths of a turn, with sine and cosine as whole numbers scaled by <see cref="One"/>. Bhaskara's rational approximation
/// (error below 0.002) in integers: pixels must not depend on a machine's mathematical library.
/// </summary>
internal static class Angle
{
    public const int Turn = 1024;
    public const int One = 1 << 14;

    private static readonly int[] Sines = [.. Enumerable.Range(0, Turn).Select(Exact)];

    public static int Sin(int angle) => Sines[angle & (Turn - 1)];

    public static int Cos(int angle) => Sin(angle + Turn / 4);

    private static int Exact(int angle)
    {
        int d = angle & (Turn / 2 - 1);
        long product = (long)d * (Turn / 2 - d);
        int value = (int)(16 * product * One / (5L * (Turn / 2) * (Turn / 2) - 4 * product));
        return angle >= Turn / 2 ? -value : value;
    }
}
