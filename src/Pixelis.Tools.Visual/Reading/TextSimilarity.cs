using Pixelis.Evaluation;

namespace Pixelis.Tools.Visual.Reading;

/// <summary>How alike two strings are.</summary>
internal static class TextSimilarity
{
    /// <summary>1 less the edit distance over the longer length, letters' case aside: 1 for equal strings, 0 for strangers.</summary>
    internal static double Of(string a, string b)
    {
        int longer = Math.Max(a.Length, b.Length);
        return longer == 0 ? 1 : 1 - (double)TextMetrics.EditDistance(a.ToUpperInvariant(), b.ToUpperInvariant()) / longer;
    }
}
