using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pixelis.Models.Qwen.Processing;

/// <summary>One output row as the weighted sum of input rows, rounded and clipped to bytes. The number of channels plays no part.</summary>
internal static unsafe class VerticalPass
{
    /// <param name="rows">As many rows as <paramref name="taps"/>; those beyond the real taps may be any readable row (their weight is zero).</param>
    /// <param name="taps">A multiple of 4.</param>
    /// <param name="weights">The weights of this output row.</param>
    /// <param name="pairs">The same as packed pairs.</param>
    /// <param name="target">Receives <paramref name="length"/> bytes.</param>
    /// <param name="length">Bytes a row.</param>
    internal static void Run(byte** rows, int taps, int* weights, int* pairs, byte* target, int length)
    {
        // The last vector ends with the row and is computed twice in part; rows shorter than one vector go one byte at a time.
        if (Avx512BW.IsSupported && length >= Vector512<byte>.Count)
        {
            int last = length - Vector512<byte>.Count;
            for (int at = 0; at < last; at += Vector512<byte>.Count)
                Run512(rows, taps, pairs, target, at);
            Run512(rows, taps, pairs, target, last);
        }
        else if (Avx2.IsSupported && length >= Vector256<byte>.Count)
        {
            int last = length - Vector256<byte>.Count;
            for (int at = 0; at < last; at += Vector256<byte>.Count)
                Run256(rows, taps, pairs, target, at);
            Run256(rows, taps, pairs, target, last);
        }
        else
            RunScalar(rows, taps, weights, target, length);
    }

    internal static void RunScalar(byte** rows, int taps, int* weights, byte* target, int length)
    {
        for (int x = 0; x < length; x++)
        {
            int sum = ResamplingWeights.Half;
            for (int tap = 0; tap < taps; tap++)
                sum += rows[tap][x] * weights[tap];
            target[x] = (byte)Math.Clamp(sum >> ResamplingWeights.FractionBits, 0, 255);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run512(byte** rows, int taps, int* pairs, byte* target, int at)
    {
        Vector512<int> low0 = Vector512.Create(ResamplingWeights.Half), low1 = low0, low2 = low0, low3 = low0;
        Vector512<int> high0 = default, high1 = default, high2 = default, high3 = default;
        Vector512<byte> zero = default;
        for (int tap = 0; tap < taps; tap += 2)
        {
            Vector512<byte> a = Vector512.Load(rows[tap] + at), b = Vector512.Load(rows[tap + 1] + at);
            Vector512<byte> near = Avx512BW.UnpackLow(a, b), far = Avx512BW.UnpackHigh(a, b);
            Vector512<short> low = Vector512.Create(pairs[tap]).AsInt16(), high = Vector512.Create(pairs[tap + 1]).AsInt16();
            Vector512<short> p0 = Avx512BW.UnpackLow(near, zero).AsInt16(), p1 = Avx512BW.UnpackHigh(near, zero).AsInt16();
            Vector512<short> p2 = Avx512BW.UnpackLow(far, zero).AsInt16(), p3 = Avx512BW.UnpackHigh(far, zero).AsInt16();
            low0 += Avx512BW.MultiplyAddAdjacent(p0, low);
            low1 += Avx512BW.MultiplyAddAdjacent(p1, low);
            low2 += Avx512BW.MultiplyAddAdjacent(p2, low);
            low3 += Avx512BW.MultiplyAddAdjacent(p3, low);
            high0 += Avx512BW.MultiplyAddAdjacent(p0, high);
            high1 += Avx512BW.MultiplyAddAdjacent(p1, high);
            high2 += Avx512BW.MultiplyAddAdjacent(p2, high);
            high3 += Avx512BW.MultiplyAddAdjacent(p3, high);
        }
        Vector512<short> left = Avx512BW.PackSignedSaturate(Finish(low0, high0), Finish(low1, high1));
        Vector512<short> right = Avx512BW.PackSignedSaturate(Finish(low2, high2), Finish(low3, high3));
        Avx512BW.PackUnsignedSaturate(left, right).Store(target + at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run256(byte** rows, int taps, int* pairs, byte* target, int at)
    {
        Vector256<int> low0 = Vector256.Create(ResamplingWeights.Half), low1 = low0, low2 = low0, low3 = low0;
        Vector256<int> high0 = default, high1 = default, high2 = default, high3 = default;
        Vector256<byte> zero = default;
        for (int tap = 0; tap < taps; tap += 2)
        {
            Vector256<byte> a = Vector256.Load(rows[tap] + at), b = Vector256.Load(rows[tap + 1] + at);
            Vector256<byte> near = Avx2.UnpackLow(a, b), far = Avx2.UnpackHigh(a, b);
            Vector256<short> low = Vector256.Create(pairs[tap]).AsInt16(), high = Vector256.Create(pairs[tap + 1]).AsInt16();
            Vector256<short> p0 = Avx2.UnpackLow(near, zero).AsInt16(), p1 = Avx2.UnpackHigh(near, zero).AsInt16();
            Vector256<short> p2 = Avx2.UnpackLow(far, zero).AsInt16(), p3 = Avx2.UnpackHigh(far, zero).AsInt16();
            low0 += Avx2.MultiplyAddAdjacent(p0, low);
            low1 += Avx2.MultiplyAddAdjacent(p1, low);
            low2 += Avx2.MultiplyAddAdjacent(p2, low);
            low3 += Avx2.MultiplyAddAdjacent(p3, low);
            high0 += Avx2.MultiplyAddAdjacent(p0, high);
            high1 += Avx2.MultiplyAddAdjacent(p1, high);
            high2 += Avx2.MultiplyAddAdjacent(p2, high);
            high3 += Avx2.MultiplyAddAdjacent(p3, high);
        }
        Vector256<short> left = Avx2.PackSignedSaturate(Finish(low0, high0), Finish(low1, high1));
        Vector256<short> right = Avx2.PackSignedSaturate(Finish(low2, high2), Finish(low3, high3));
        Avx2.PackUnsignedSaturate(left, right).Store(target + at);
    }

    private static Vector512<int> Finish(Vector512<int> low, Vector512<int> high) =>
        Vector512.ShiftRightArithmetic(Vector512.ShiftLeft(high, ResamplingWeights.LowBits) + low, ResamplingWeights.FractionBits);

    private static Vector256<int> Finish(Vector256<int> low, Vector256<int> high) =>
        Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(high, ResamplingWeights.LowBits) + low, ResamplingWeights.FractionBits);
}
