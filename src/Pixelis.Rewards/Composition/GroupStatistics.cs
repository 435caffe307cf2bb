namespace Pixelis.Rewards;

/// <summary>Mean and spread of the measured rewards of a group.</summary>
/// <param name="Mean">Their mean; 0 without any.</param>
/// <param name="Scale">What differences from it are divided by.</param>
internal readonly record struct GroupStatistics(double Mean, double Scale)
{
    // As TRL has it; keeps a group of nearly equal rewards from blowing up.
    private const double Epsilon = 1e-4;

    /// <summary>Of rewards that are all the same, or of a single one, every difference is 0, whatever rounding says.</summary>
    public static GroupStatistics Of(IEnumerable<double?> rewards)
    {
        double[] measured = [.. rewards.OfType<double>()];
        if (measured.Length == 0)
            return new GroupStatistics(0, 1);
        if (measured.All(r => r == measured[0]))
            return new GroupStatistics(measured[0], 1);
        double mean = measured.Average();
        return new GroupStatistics(mean, Math.Sqrt(measured.Sum(r => (r - mean) * (r - mean)) / (measured.Length - 1)) + Epsilon);
    }

    public double Normalize(double reward) => (reward - Mean) / Scale;
}
