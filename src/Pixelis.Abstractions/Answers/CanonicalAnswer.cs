using System.Globalization;

namespace Pixelis.Evaluation;

/// <summary>
/// Compares answers as a person would who does not care for spelling: case, white space, typographic marks, quotes and marks around the
/// answer, and how a number is written do not count; everything else does.
/// </summary>
public static class CanonicalAnswer
{
    /// <summary>Name and version of the rules, kept beside results. A change of the rules changes it.</summary>
    public const string Version = "pixelis.answer/1";

    private static readonly string[] NumberWords =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ];

    /// <summary>The answer in lower case, white space folded, without marks around it, numbers in their shortest form (<c>1,200.50</c> is <c>1200.5</c>).</summary>
    public static string Of(string answer)
    {
        string text = Bare(TextMetrics.Fold(answer).ToLowerInvariant());
        return Number(text) ?? text;
    }

    /// <summary>
    /// Whether an answer is the true one. Where the truth is a number, English words up to twenty are numbers, too; elsewhere they are not,
    /// since a sign that says "one" does not say "1".
    /// </summary>
    /// <param name="answer">What was answered; null for nothing, which is never right.</param>
    /// <param name="truth">The true answer.</param>
    public static bool IsRight(string? answer, string truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        if (answer is null)
            return false;
        string given = Of(answer), expected = Of(truth);
        if (given == expected)
            return true;
        return Array.IndexOf(NumberWords, given) >= 0 && Number(expected) is not null && NumberOf(given) == NumberOf(expected);
    }

    /// <summary>The number an answer is, English words up to twenty included; null when it is not a number and nothing but a number.</summary>
    /// <param name="answer">What was answered; null for nothing.</param>
    public static decimal? NumberOf(string? answer)
    {
        if (answer is null)
            return null;
        string text = Of(answer);
        int word = Array.IndexOf(NumberWords, text);
        string? digits = word >= 0 ? word.ToString(CultureInfo.InvariantCulture) : Number(text);
        return digits is null ? null : decimal.Parse(digits, CultureInfo.InvariantCulture);
    }

    private static string Bare(string text)
    {
        string before;
        do
        {
            before = text;
            text = text.Trim().Trim('"', '\'', '`', '$', '*').TrimEnd('.', ',', ';', ':', '!');
            if (text.StartsWith("\\text{", StringComparison.Ordinal) && text.EndsWith('}'))
                text = text["\\text{".Length..^1];
        }
        while (text != before);
        return text;
    }

    // Commas count as marks between thousands only where they part groups of three; digits after a leading zero are a code, not a number.
    private static string? Number(string text)
    {
        const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        string plain = text.Contains(',', StringComparison.Ordinal) && IsGrouped(text) ? text.Replace(",", "", StringComparison.Ordinal) : text;
        string digits = plain.TrimStart('+', '-');
        if (digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]))
            return null;
        return decimal.TryParse(plain, styles, CultureInfo.InvariantCulture, out decimal value)
            ? value.ToString("0.############################", CultureInfo.InvariantCulture)
            : null;
    }

    private static bool IsGrouped(string text)
    {
        string[] groups = text.TrimStart('+', '-').Split('.')[0].Split(',');
        return groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(g => g.Length == 3) && groups.All(g => g.All(char.IsAsciiDigit));
    }
}
