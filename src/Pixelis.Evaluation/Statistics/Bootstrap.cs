using Pixelis.Evaluation.Statistics;

namespace Pixelis.Evaluation;

/// <summary>Percentile bootstrap of a mean (Efron 1979). Seeded: the same values, seed and number of samples give the same interval.</summary>
public static class Bootstrap
{
    /// <summary>Samples that are drawn unless told otherwise.</summary>
    public const int DefaultSamples = 10_000;

    /// <summary>
    /// The interval of the mean. Where all values agree it has no width: the bootstrap cannot see what did not occur, so read "all right"
    /// of few examples with care.
    /// </summary>
    /// <param name="values">At least one value, each of an example.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="confidence">Above 0 and below 1.</param>
    /// <param name="samples">At least 1.</param>
    public static Interval OfMean(IReadOnlyList<double> values, ulong seed, double confidence = 0.95, int samples = DefaultSamples)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        if (confidence is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "Above 0 and below 1 was expected.");
        var random = new SplitMix64(seed);
        var means = new double[samples];
        for (int i = 0; i < samples; i++)
        {
            double sum = 0;
            for (int j = 0; j < values.Count; j++)
                sum += values[random.Next(values.Count)];
            means[i] = sum / values.Count;
        }
        Array.Sort(means);
        return new Interval(Quantile(means, (1 - confidence) / 2), Quantile(means, (1 + confidence) / 2));
    }

    // Linear between order statistics.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }
}
