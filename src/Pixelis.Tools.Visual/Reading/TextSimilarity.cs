namespace Pixelis.Tools.Visual.Reading;

/// <summary>How alike two strings are.</summary>
internal static class TextSimilarity
{
    /// <summary>1 less the edit distance over the longer length, letters' case aside: 1 for equal strings, 0 for strangers.</summary>
    internal static double Of(string a, string b)
    {
        int longer = Math.Max(a.Length, b.Length);
        return longer == 0 ? 1 : 1 - (double)Distance(a.ToUpperInvariant(), b.ToUpperInvariant()) / longer;
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
