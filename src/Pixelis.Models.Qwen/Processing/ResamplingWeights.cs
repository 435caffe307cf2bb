namespace Pixelis.Models.Qwen.Processing;

/// <summary>
/// For every output position of one axis: the first input position and the integer weights (22 fractional bits) of Pillow's
/// antialiased bicubic filter. <see cref="Taps"/> is a multiple of 4; weights beyond the last real tap are zero.
/// </summary>
internal sealed class ResamplingWeights
{
    internal const int FractionBits = 22;
    internal const int Half = 1 << (FractionBits - 1);

    // A product of a byte and a 23-bit weight is made of two 16-bit products: weight = high * 2^15 + low, low in 0..32767.
    internal const int LowBits = 15;

    private ResamplingWeights(int inputLength, int[] starts, int[] counts, int[] weights, int taps)
    {
        InputLength = inputLength;
        Starts = starts;
        Counts = counts;
        Weights = weights;
        Taps = taps;
        Pairs = PackPairs(weights);
    }

    internal int InputLength { get; }

    /// <summary>First input position of each output position; never decreases.</summary>
    internal int[] Starts { get; }

    /// <summary>Real taps of each output position.</summary>
    internal int[] Counts { get; }

    /// <summary><see cref="Taps"/> weights for each output position.</summary>
    internal int[] Weights { get; }

    /// <summary>Taps stored for each output position.</summary>
    internal int Taps { get; }

    /// <summary>
    /// The weights as pairs of 16-bit numbers in one 32-bit number, as multiply-add instructions take them: for each two taps the
    /// low parts, then the high parts. <see cref="Taps"/> numbers for each output position.
    /// </summary>
    internal int[] Pairs { get; }

    internal static ResamplingWeights Bicubic(int inputLength, int outputLength)
    {
        double scale = (double)inputLength / outputLength;
        double widening = Math.Max(scale, 1);
        double support = 2 * widening;
        var starts = new int[outputLength];
        var counts = new int[outputLength];
        for (int i = 0; i < outputLength; i++)
        {
            double centre = (i + 0.5) * scale;
            starts[i] = Math.Max((int)(centre - support + 0.5), 0);
            counts[i] = Math.Min((int)(centre + support + 0.5), inputLength) - starts[i];
        }
        int taps = (counts.Max() + 3) / 4 * 4;
        var weights = new int[checked(outputLength * taps)];
        var exact = new double[taps];
        for (int i = 0; i < outputLength; i++)
        {
            double centre = (i + 0.5) * scale, sum = 0;
            for (int tap = 0; tap < counts[i]; tap++)
                sum += exact[tap] = Kernel((tap + starts[i] - centre + 0.5) * (1.0 / widening));
            for (int tap = 0; tap < counts[i]; tap++)
                weights[i * taps + tap] = ToFixed(sum != 0 ? exact[tap] / sum : exact[tap]);
        }
        return new ResamplingWeights(inputLength, starts, counts, weights, taps);
    }

    // Keys' cubic with a = -0.5, in the order of operations that Pillow uses.
    private static double Kernel(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        if (x < 1)
            return ((a + 2) * x - (a + 3)) * x * x + 1;
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }

    private static int ToFixed(double weight) => (int)(weight * (1 << FractionBits) + (weight < 0 ? -0.5 : 0.5));

    private static int[] PackPairs(int[] weights)
    {
        var pairs = new int[weights.Length];
        for (int i = 0; i < weights.Length; i += 2)
        {
            pairs[i] = Pack(weights[i] & 0x7FFF, weights[i + 1] & 0x7FFF);
            pairs[i + 1] = Pack(weights[i] >> LowBits, weights[i + 1] >> LowBits);
        }
        return pairs;
    }

    private static int Pack(int first, int second) => (ushort)first | (int)((uint)(ushort)second << 16);
}
