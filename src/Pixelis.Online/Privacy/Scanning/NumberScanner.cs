namespace Pixelis.Online.Privacy.Scanning;

/// <summary>
/// Cards, national ids of digits, and telephone numbers. From each place where a number can begin, the longest group of digits that is one of them
/// is taken; whatever is none of them stays.
/// </summary>
internal sealed class NumberScanner(PiiCategory wanted) : IPiiScanner
{
    // Nothing that is looked for is shorter.
    private const int FewestDigits = 7;

    public PiiCategory Categories => PiiCategory.Card | PiiCategory.NationalId | PiiCategory.Phone;

    public void Scan(RedactionScan scan)
    {
        Span<DigitRun.Group> groups = stackalloc DigitRun.Group[DigitRun.MostGroups];
        Span<char> digits = stackalloc char[DigitRun.MostDigits];
        for (int i = 0; i < scan.Left.Length;)
        {
            if (!CanBegin(scan, i))
            {
                i++;
                continue;
            }
            var run = new DigitRun(scan.Left, i, groups, digits);
            int end = TakeLongest(scan, run);
            if (end == 0 && run.Count == 0)
                end = i + 1;
            // What is none of them is passed over group by group, so that one further on is found.
            i = end > 0 ? end : run.HasPlus || run.InParentheses ? i + 1 : run.EndOf(1);
        }
    }

    private int TakeLongest(RedactionScan scan, DigitRun run)
    {
        for (int groups = run.Count; groups >= 1 && run.Digits(groups).Length >= FewestDigits; groups--)
        {
            int end = run.EndOf(groups);
            if (!CanEnd(scan, end) || KindOf(scan, run, groups) is not { } kind || (kind & wanted) == 0)
                continue;
            scan.Take(kind, run.Start, end - run.Start, run.Digits(groups).ToString());
            return end;
        }
        return 0;
    }

    private static PiiCategory? KindOf(RedactionScan scan, DigitRun run, int groups)
    {
        ReadOnlySpan<char> digits = run.Digits(groups);
        if (!run.HasPlus && !run.InParentheses)
        {
            if (IsCard(run, groups, digits))
                return PiiCategory.Card;
            if (IsNationalId(run, groups, digits))
                return PiiCategory.NationalId;
        }
        return PhoneNumbers.IsPhone(scan, run, groups, digits) ? PiiCategory.Phone : null;
    }

    private static bool IsCard(DigitRun run, int groups, ReadOnlySpan<char> digits)
    {
        if (digits.Length is < 13 or > 19 || !CheckDigits.IsIssued(digits) || !CheckDigits.Luhn(digits))
            return false;
        if (groups == 1)
            return true;
        bool inFours = run.HasLengths(4, 4, 4, 4) && (groups == 4 || (groups == 5 && run.LengthOf(4) == 3));
        bool inSixes = groups == 3 && (run.HasLengths(4, 6, 5) || run.HasLengths(4, 6, 4));
        return (inFours || inSixes) && (run.IsSeparatedBy(' ', groups) || run.IsSeparatedBy('-', groups));
    }

    private static bool IsNationalId(DigitRun run, int groups, ReadOnlySpan<char> digits) => groups switch
    {
        1 => CheckDigits.Insee(digits),
        3 => run.HasLengths(3, 2, 4) && run.IsSeparatedBy('-', 3) && CheckDigits.SocialSecurity(digits),
        4 => run.HasLengths(3, 3, 3, 2) && run.SeparatorOf(1) == '.' && run.SeparatorOf(2) == '.' && run.SeparatorOf(3) == '-' && CheckDigits.Cpf(digits),
        7 => run.HasLengths(1, 2, 2, 2, 3, 3, 2) && CheckDigits.Insee(digits),
        _ => false,
    };

    private static bool CanBegin(RedactionScan scan, int at)
    {
        char c = scan.Left[at], before = scan.Before(at);
        if (!char.IsAsciiDigit(c) && !(c is '+' or '(' && (char.IsAsciiDigit(scan.At(at + 1)) || (c == '+' && scan.At(at + 1) == '('))))
            return false;
        // "tel.555-123-4567" begins after the dot; "3.555" does not.
        if (before == '.' && at > 1 && char.IsLetter(scan.Left[at - 2]))
            return true;
        return !RedactionScan.IsWord(before) && !"-./+\\@$€£¥%^×·".Contains(before);
    }

    private static bool CanEnd(RedactionScan scan, int end)
    {
        char after = scan.At(end);
        return !RedactionScan.IsWord(after) && after is not ('%' or '×' or '(') && !(after is '-' or '.' or '/' && char.IsAsciiDigit(scan.At(end + 1)));
    }
}
