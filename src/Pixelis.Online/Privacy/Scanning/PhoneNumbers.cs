namespace Pixelis.Online.Privacy.Scanning;

/// <summary>
/// What a telephone number looks like. A number without a plus needs punctuation that only telephone numbers have, or a word in front of it: rows of
/// plain numbers, which questions about pictures are full of, must not be taken for one.
/// </summary>
internal static class PhoneNumbers
{
    private const int FewestInternational = 8, MostInternational = 15, Fewest = 7;

    // Words that announce a telephone number by themselves, and those that need "number" or a colon, being things that can be seen in a picture.
    private static readonly string[] Announcing = ["tel", "telephone", "phone number", "fax", "whatsapp", "telefon", "téléphone", "teléfono", "telefono", "reach me at", "call me at", "call me on", "rufnummer"];
    private static readonly string[] Things = ["phone", "mobile", "cell", "handy", "mobil", "sms", "call"];
    private static readonly string[] Endings = [" number is", " number", " no", " nr", " is", " nummer"];

    public static bool IsPhone(RedactionScan scan, DigitRun run, int groups, ReadOnlySpan<char> digits) =>
        run.HasPlus ? IsInternational(run, digits)
        : IsNorthAmerican(run, groups, digits) || IsNational(run, groups, digits)
            || IsDialedAbroad(run, groups, digits)
            || (digits.Length is >= Fewest and <= MostInternational && IsAnnounced(scan, run.Start));

    private static bool IsInternational(DigitRun run, ReadOnlySpan<char> digits) =>
        digits.Length is >= FewestInternational and <= MostInternational && HasCountry(digits, run.LengthOf(0)) && (digits[0] != '1' || digits.Length == 11);

    // 0049 30 123456. Rows of numbers that are filled with zeros have one width.
    private static bool IsDialedAbroad(DigitRun run, int groups, ReadOnlySpan<char> digits)
    {
        int first = run.LengthOf(0);
        if (groups < 2 || first < 3 || digits.Length is < 10 or > 17 || !digits.StartsWith("00") || !run.HasSeveralWidths(groups))
            return false;
        return HasCountry(digits[2..], first - 2) && (digits[first] != '0' || digits.StartsWith("0039"));
    }

    // A first group of up to three digits is the country's code itself; a longer one begins with it.
    private static bool HasCountry(ReadOnlySpan<char> digits, int firstGroup)
    {
        int length = CountryLength(digits);
        return length > 0 && (firstGroup is <= 0 or > 3 || firstGroup == length);
    }

    private static int CountryLength(ReadOnlySpan<char> digits) => digits[0] switch
    {
        '1' or '7' => 1,
        '2' => digits[1] is '0' or '7' ? 2 : digits[1] is '8' ? 0 : 3,
        '3' => digits[1] is '5' or '7' or '8' ? 3 : 2,
        '4' => digits[1] is '2' ? 3 : 2,
        '5' => digits[1] is '0' or '9' ? 3 : 2,
        '6' => digits[1] is '7' or '8' or '9' ? 3 : 2,
        '8' => digits[1] is '1' or '2' or '4' or '6' ? 2 : 3,
        '9' => digits[1] is '6' or '7' or '9' ? 3 : 2,
        _ => 0,
    };

    // (555) 123-4567, 555-123-4567, 555.123.4567, 1-800-555-0199
    private static bool IsNorthAmerican(DigitRun run, int groups, ReadOnlySpan<char> digits)
    {
        if (groups == 3 && run.HasLengths(3, 3, 4) && digits[0] is >= '2' and <= '9')
            return run.InParentheses ? run.SeparatorOf(2) is '-' or ' ' or '.' : run.IsSeparatedBy('-', 3) || run.IsSeparatedBy('.', 3);
        return groups == 4 && run.HasLengths(1, 3, 3, 4) && digits[0] == '1' && digits[1] is >= '2' and <= '9' && run.IsSeparatedBy('-', 4);
    }

    // (030) 123456, 030/123456, 0171-2345678, 06.12.34.56.78
    private static bool IsNational(DigitRun run, int groups, ReadOnlySpan<char> digits)
    {
        if (digits[0] != '0' || digits.Length is < 8 or > 13 || digits[1] == '0' || groups < 2 || (!run.InParentheses && run.SeparatorOf(1) != '.' && !run.HasSeveralWidths(groups)))
            return false;
        int area = run.LengthOf(0);
        if (run.InParentheses || (run.SeparatorOf(1) == '/' && area >= 3))
            return area is >= 2 and <= 5 && digits.Length - area >= 5 && (groups == 2 || run.LengthOf(groups - 1) >= 2);
        if (groups == 2)
            return run.SeparatorOf(1) == '-' && area is >= 3 and <= 5 && run.LengthOf(1) >= 6;
        return run.HasLengths(2, 2, 2, 2, 2) && groups == 5 && run.IsSeparatedBy('.', 5);
    }

    private static bool IsAnnounced(RedactionScan scan, int start)
    {
        ReadOnlySpan<char> before = scan.Left[Math.Max(0, start - 32)..start];
        ReadOnlySpan<char> words = before.TrimEnd(" .:=#-\u00A0");
        if (words.Length == before.Length)
            return false;
        if (EndsWithWord(words, Announcing))
            return true;
        bool marked = before[words.Length..].ContainsAny(':', '=', '#');
        foreach (string ending in Endings)
        {
            if (words.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return EndsWithWord(words[..^ending.Length].TrimEnd('.'), Announcing) || EndsWithWord(words[..^ending.Length], Things);
        }
        return marked && EndsWithWord(words, Things);
    }

    private static bool EndsWithWord(ReadOnlySpan<char> text, string[] words)
    {
        foreach (string word in words)
        {
            if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (text.Length == word.Length || !RedactionScan.IsWord(text[^(word.Length + 1)])))
                return true;
        }
        return false;
    }
}
