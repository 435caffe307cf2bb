using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pixelis.Models.Qwen.Processing;

/// <summary>
/// Resizes rows along x. Pictures of 3 or 4 channels go four (AVX-512) or two (AVX2) rows at a time, one row in each 128-bit lane:
/// all rows share the weights of an output pixel, and a shuffle brings two taps of each channel side by side.
/// </summary>
internal static unsafe class HorizontalPass
{
    /// <summary>Rows that one call of <see cref="Run"/> takes.</summary>
    internal const int RowsAtOnce = 4;

    /// <summary>Bytes that may be read beyond the last real input pixel of a row (they are multiplied by zero).</summary>
    internal static int Overread(ResamplingWeights weights, int channels) => weights.Taps * channels + Vector128<byte>.Count;

    /// <summary>Bytes that may be written beyond the end of an output row.</summary>
    internal const int Overwrite = 4;

    /// <param name="weights">The weights of the axis.</param>
    /// <param name="channels">Bytes a pixel.</param>
    /// <param name="rows">Four input rows, each readable for <see cref="Overread"/> bytes beyond its end.</param>
    /// <param name="targets">Four output rows, each writable for <see cref="Overwrite"/> bytes beyond its end.</param>
    internal static void Run(ResamplingWeights weights, int channels, byte** rows, byte** targets)
    {
        if (channels is 3 or 4 && Avx512BW.IsSupported)
            Run512(weights, channels, rows, targets);
        else if (channels is 3 or 4 && Avx2.IsSupported)
        {
            Run256(weights, channels, rows, targets);
            Run256(weights, channels, rows + 2, targets + 2);
        }
        else
        {
            for (int row = 0; row < RowsAtOnce; row++)
                RunScalar(weights, channels, rows[row], targets[row]);
        }
    }

    internal static void RunScalar(ResamplingWeights weights, int channels, byte* row, byte* target)
    {
        for (int x = 0; x < weights.Starts.Length; x++)
        {
            ReadOnlySpan<int> taps = weights.Weights.AsSpan(x * weights.Taps, weights.Counts[x]);
            for (int c = 0; c < channels; c++)
            {
                byte* source = row + weights.Starts[x] * channels + c;
                int sum = ResamplingWeights.Half;
                for (int tap = 0; tap < taps.Length; tap++)
                    sum += source[tap * channels] * taps[tap];
                target[x * channels + c] = (byte)Math.Clamp(sum >> ResamplingWeights.FractionBits, 0, 255);
            }
        }
    }

    private static void Run512(ResamplingWeights weights, int channels, byte** rows, byte** targets)
    {
        Vector512<byte> first = Lanes512(TapPair(channels, 0)), second = Lanes512(TapPair(channels, 2));
        Vector512<int> half = Vector512.Create(ResamplingWeights.Half);
        byte* row0 = rows[0], row1 = rows[1], row2 = rows[2], row3 = rows[3];
        byte* target0 = targets[0], target1 = targets[1], target2 = targets[2], target3 = targets[3];
        int taps = weights.Taps, count = weights.Starts.Length;
        fixed (int* pairs = weights.Pairs, starts = weights.Starts)
        {
            int* pair = pairs;
            for (int x = 0; x < count; x++)
            {
                nint from = starts[x] * channels, to = x * channels;
                Vector512<int> low = half, high = default;
                for (int tap = 0; tap < taps; tap += 4, from += 4 * channels, pair += 4)
                {
                    Vector512<byte> pixels = Vector512.Create(
                        Vector256.Create(Vector128.Load(row0 + from), Vector128.Load(row1 + from)),
                        Vector256.Create(Vector128.Load(row2 + from), Vector128.Load(row3 + from)));
                    Vector512<short> a = Avx512BW.Shuffle(pixels, first).AsInt16(), b = Avx512BW.Shuffle(pixels, second).AsInt16();
                    low += Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(pair[0]).AsInt16());
                    high += Avx512BW.MultiplyAddAdjacent(a, Vector512.Create(pair[1]).AsInt16());
                    low += Avx512BW.MultiplyAddAdjacent(b, Vector512.Create(pair[2]).AsInt16());
                    high += Avx512BW.MultiplyAddAdjacent(b, Vector512.Create(pair[3]).AsInt16());
                }
                Vector512<int> sums = Vector512.ShiftRightArithmetic(Vector512.ShiftLeft(high, ResamplingWeights.LowBits) + low, ResamplingWeights.FractionBits);
                Vector512<short> words = Avx512BW.PackSignedSaturate(sums, sums);
                Vector512<uint> bytes = Avx512BW.PackUnsignedSaturate(words, words).AsUInt32();
                *(uint*)(target0 + to) = bytes.GetElement(0);
                *(uint*)(target1 + to) = bytes.GetElement(4);
                *(uint*)(target2 + to) = bytes.GetElement(8);
                *(uint*)(target3 + to) = bytes.GetElement(12);
            }
        }
    }

    private static void Run256(ResamplingWeights weights, int channels, byte** rows, byte** targets)
    {
        Vector256<byte> first = Vector256.Create(TapPair(channels, 0), TapPair(channels, 0));
        Vector256<byte> second = Vector256.Create(TapPair(channels, 2), TapPair(channels, 2));
        Vector256<int> half = Vector256.Create(ResamplingWeights.Half);
        byte* row0 = rows[0], row1 = rows[1], target0 = targets[0], target1 = targets[1];
        int taps = weights.Taps, count = weights.Starts.Length;
        fixed (int* pairs = weights.Pairs, starts = weights.Starts)
        {
            int* pair = pairs;
            for (int x = 0; x < count; x++)
            {
                nint from = starts[x] * channels, to = x * channels;
                Vector256<int> low = half, high = default;
                for (int tap = 0; tap < taps; tap += 4, from += 4 * channels, pair += 4)
                {
                    Vector256<byte> pixels = Vector256.Create(Vector128.Load(row0 + from), Vector128.Load(row1 + from));
                    Vector256<short> a = Avx2.Shuffle(pixels, first).AsInt16(), b = Avx2.Shuffle(pixels, second).AsInt16();
                    low += Avx2.MultiplyAddAdjacent(a, Vector256.Create(pair[0]).AsInt16());
                    high += Avx2.MultiplyAddAdjacent(a, Vector256.Create(pair[1]).AsInt16());
                    low += Avx2.MultiplyAddAdjacent(b, Vector256.Create(pair[2]).AsInt16());
                    high += Avx2.MultiplyAddAdjacent(b, Vector256.Create(pair[3]).AsInt16());
                }
                Vector256<int> sums = Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(high, ResamplingWeights.LowBits) + low, ResamplingWeights.FractionBits);
                Vector256<short> words = Avx2.PackSignedSaturate(sums, sums);
                Vector256<uint> bytes = Avx2.PackUnsignedSaturate(words, words).AsUInt32();
                *(uint*)(target0 + to) = bytes.GetElement(0);
                *(uint*)(target1 + to) = bytes.GetElement(4);
            }
        }
    }

    // Shuffle mask: for every channel the bytes of taps `tap` and `tap + 1`, each widened to 16 bits (0x80 gives zero).
    private static Vector128<byte> TapPair(int channels, int tap)
    {
        Span<byte> mask = stackalloc byte[16];
        mask.Fill(0x80);
        for (int c = 0; c < channels; c++)
        {
            mask[c * 4] = (byte)(tap * channels + c);
            mask[c * 4 + 2] = (byte)((tap + 1) * channels + c);
        }
        return Vector128.Create<byte>(mask);
    }

    private static Vector512<byte> Lanes512(Vector128<byte> lane) => Vector512.Create(Vector256.Create(lane, lane), Vector256.Create(lane, lane));
}
