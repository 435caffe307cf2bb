using System.Globalization;
using System.Text;

namespace Pixelis.Evaluation;

/// <summary>How well a text fits the true one.</summary>
public static class TextMetrics
{
    /// <summary>Typographic quotes, dashes and ligatures to ASCII; every run of white space, line breaks too, to one space.</summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsWhiteSpace(c))
                folded.Append(Ascii(c));
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    /// <summary>Character error rate: edit distance of the folded texts over the length of the expected one. Can exceed 1.</summary>
    public static double CharacterErrorRate(string found, string expected) => ErrorRate(Fold(found), Fold(expected));

    /// <summary>The same without any white space and without regard to case.</summary>
    public static double LooseErrorRate(string found, string expected) => ErrorRate(Bare(found), Bare(expected));

    /// <summary>Share of the expected words of two or more letters or digits that were found, as multisets, case folded; 1 without such words.</summary>
    public static double WordRecall(string found, string expected)
    {
        Dictionary<string, int> wanted = Words(expected), had = Words(found);
        int total = wanted.Values.Sum();
        return total == 0 ? 1 : (double)wanted.Sum(pair => Math.Min(pair.Value, had.GetValueOrDefault(pair.Key))) / total;
    }

    /// <summary>Least number of insertions, deletions and substitutions of UTF-16 units that turn one text into the other.</summary>
    public static int EditDistance(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
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
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }

    private static string Ascii(char c) => c switch
    {
        '‘' or '’' or '‚' or '‛' => "'",
        '“' or '”' or '„' or '‟' => "\"",
        '‐' or '‑' or '‒' or '–' or '—' or '―' or '−' => "-",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        _ => c.ToString(),
    };

    private static string Bare(string text) => Fold(text).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static double ErrorRate(string found, string expected) =>
        expected.Length == 0 ? (found.Length == 0 ? 0 : 1) : (double)EditDistance(found, expected) / expected.Length;

    private static Dictionary<string, int> Words(string text)
    {
        var words = new Dictionary<string, int>();
        var word = new StringBuilder();
        foreach (char c in Fold(text).ToLowerInvariant() + " ")
        {
            if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || c == '_')
            {
                word.Append(c);
                continue;
            }
            if (word.Length >= 2)
                words[word.ToString()] = words.GetValueOrDefault(word.ToString()) + 1;
            word.Clear();
        }
        return words;
    }
}
