using Pixelis.Data.Drawing;

namespace Pixelis.Data.PixelBench;

/// <summary>
/// Seeds from what a scene is called. The name is packed into 64 bits and stirred by a bijection, so two scenes never share a seed,
/// and a seed gives back the split it belongs to.
/// </summary>
internal static class SceneSeed
{
    private const int SplitBits = 2, FamilyBits = 5, DifficultyBits = 2, ShiftBits = 1, StreamBits = 16;
    private const int IndexShift = SplitBits + FamilyBits + DifficultyBits + ShiftBits + StreamBits;

    /// <summary>Largest number of scenes of a family, difficulty, split and stream.</summary>
    public const long MaxIndex = 1L << (64 - IndexShift);

    public static ulong Of(PixelBenchSplit split, int family, int difficulty, bool shifted, int stream, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, MaxIndex);
        ulong packed = (ulong)index;
        packed = packed << StreamBits | (uint)stream;
        packed = packed << ShiftBits | (shifted ? 1u : 0u);
        packed = packed << DifficultyBits | (uint)difficulty;
        packed = packed << FamilyBits | (uint)family;
        packed = packed << SplitBits | (uint)split;
        return SceneRandom.Mix(packed);
    }

    /// <summary>The split that a seed was drawn for.</summary>
    public static PixelBenchSplit SplitOf(ulong seed) => (PixelBenchSplit)(SceneRandom.Unmix(seed) & ((1 << SplitBits) - 1));
}
