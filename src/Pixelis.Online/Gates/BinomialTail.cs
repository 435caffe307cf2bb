namespace Pixelis.Online;

/// <summary>How likely guesses agree.</summary>
internal static class BinomialTail
{
    /// <summary>P(X >= m) of X ~ Bin(n, p), summed from the far end, where the terms are smallest.</summary>
    public static double AtLeast(int m, int n, double p)
    {
        if (m <= 0)
            return 1;
        double sum = 0, logP = Math.Log(p), logQ = Math.Log(1 - p);
        double logChoose = 0; // of n over n
        for (int k = n; k >= m; k--)
        {
            sum += Math.Exp(logChoose + (k * logP) + ((n - k) * logQ));
            logChoose += Math.Log(k) - Math.Log(n - k + 1);
        }
        return Math.Min(1, sum);
    }
}
