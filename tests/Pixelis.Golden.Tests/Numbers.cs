using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests;

/// <summary>Tensors as arrays, and distances between them.</summary>
internal static class Numbers
{
    public static float[] Floats(this Tensor tensor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }

    public static long[] Longs(this Tensor tensor)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return tensor.to(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
    }

    /// <summary>Largest absolute difference; infinity for another length or a NaN.</summary>
    /// <param name="actual">Numbers.</param>
    /// <param name="expected">Numbers.</param>
    /// <param name="mask">One flag for every run of equal length; runs with 0 are skipped. Null to compare all.</param>
    public static double LargestDifference(float[] actual, float[] expected, long[]? mask = null)
    {
        if (actual.Length != expected.Length)
            return double.PositiveInfinity;
        int run = mask is null ? 1 : expected.Length / mask.Length;
        double largest = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            if (mask is not null && mask[i / run] == 0)
                continue;
            double difference = Math.Abs((double)actual[i] - expected[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    /// <summary>Mean absolute difference over unmasked runs.</summary>
    public static double MeanDifference(float[] actual, float[] expected, long[] mask)
    {
        int run = expected.Length / mask.Length;
        double sum = 0;
        long count = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            if (mask[i / run] == 0)
                continue;
            sum += Math.Abs((double)actual[i] - expected[i]);
            count++;
        }

        return sum / count;
    }

    /// <summary>|actual - expected| / |expected| in the L2 norm.</summary>
    public static double RelativeError(float[] actual, float[] expected)
    {
        if (actual.Length != expected.Length)
            return double.PositiveInfinity;
        double difference = 0;
        double size = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            difference += Math.Pow((double)actual[i] - expected[i], 2);
            size += Math.Pow(expected[i], 2);
        }

        return size == 0 ? Math.Sqrt(difference) : Math.Sqrt(difference / size);
    }

    public static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
