namespace Pixelis.Generation.Tests;

/// <summary>Pearson's test: whether counts fit a distribution.</summary>
internal static class ChiSquare
{
    /// <summary>Sum of (observed - expected)^2 / expected over the entries that can occur; infinite when an impossible one did.</summary>
    public static double Statistic(IReadOnlyList<int> counts, IReadOnlyList<double> probabilities)
    {
        double total = counts.Sum(), statistic = 0;
        for (int i = 0; i < counts.Count; i++)
        {
            double expected = probabilities[i] * total;
            if (expected == 0)
                statistic += counts[i] == 0 ? 0 : double.PositiveInfinity;
            else
                statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return statistic;
    }

    /// <summary>The 99.99 % quantile for some degrees of freedom (Wilson and Hilferty's approximation).</summary>
    public static double Bound(int degrees)
    {
        const double Normal = 3.719;
        double a = 2.0 / (9 * degrees);
        return degrees * Math.Pow(1 - a + (Normal * Math.Sqrt(a)), 3);
    }
}
