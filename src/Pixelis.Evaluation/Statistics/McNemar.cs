namespace Pixelis.Evaluation;

/// <summary>McNemar's exact test (1947) of two methods on the same examples.</summary>
public static class McNemar
{
    /// <summary>
    /// Two-sided probability that examples which only one of two equally good methods gets right are divided at least as unevenly as these.
    /// Examples that both or neither get right say nothing.
    /// </summary>
    /// <param name="onlyFirst">Examples that only the first method gets right, 0 or more.</param>
    /// <param name="onlySecond">Examples that only the second one gets right, 0 or more.</param>
    public static double PValue(int onlyFirst, int onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        int n = checked(onlyFirst + onlySecond), few = Math.Min(onlyFirst, onlySecond);
        // Binomial(n, 1/2) up to the smaller count, by logarithms: the terms of thousands of examples underflow.
        double logTerm = -n * Math.Log(2), sum = Math.Exp(logTerm);
        for (int k = 1; k <= few; k++)
        {
            logTerm += Math.Log(n - k + 1) - Math.Log(k);
            sum += Math.Exp(logTerm);
        }
        return Math.Min(1, 2 * sum);
    }
}
