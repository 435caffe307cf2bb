namespace Pixelis.Online.Privacy.Scanning;

/// <summary>Groups of digits with single separators between them, as numbers for people are written: <c>+49 (0)30 123-456</c>.</summary>
internal ref struct DigitRun
{
    /// <summary>Most groups that are looked at together.</summary>
    public const int MostGroups = 8;

    /// <summary>Most digits of anything that is looked for.</summary>
    public const int MostDigits = 19;

    private readonly ReadOnlySpan<char> _text;
    private readonly int[] _ends;
    private readonly char[] _separators;
    private readonly int[] _lengths;

    /// <summary>Reads groups from a place on: a digit, or a plus or parenthesis in front of one.</summary>
    public DigitRun(ReadOnlySpan<char> text, int start)
    {
        _text = text;
        Start = start;
        (_ends, _lengths, _separators) = (new int[MostGroups], new int[MostGroups], new char[MostGroups]);
        int at = start;
        HasPlus = at < text.Length && text[at] == '+';
        at += HasPlus ? 1 : 0;
        InParentheses = at < text.Length && text[at] == '(';
        char separator = '\0';
        int digits = 0;
        while (Count < MostGroups)
        {
            int from = at + (at < text.Length && text[at] == '(' ? 1 : 0), to = from;
            while (to < text.Length && char.IsAsciiDigit(text[to]) && to - from <= MostDigits)
                to++;
            digits += to - from;
            if (to == from || digits > MostDigits)
                break;
            bool closes = from > at && to < text.Length && text[to] == ')';
            if (from > at && !closes)
                break;
            (_lengths[Count], _separators[Count], _ends[Count]) = (to - from, separator, to + (closes ? 1 : 0));
            Count++;
            at = _ends[Count - 1];
            separator = closes ? ')' : '\0';
            if (at < text.Length && text[at] is ' ' or '-' or '.' or '/' or '\u00A0')
                separator = closes ? ')' : text[at] == '\u00A0' ? ' ' : text[at];
            else if (!closes && !(at < text.Length && text[at] == '('))
                break;
            else
                continue;
            at++;
        }
    }

    public int Start { get; }

    public int Count { get; }

    public bool HasPlus { get; }

    /// <summary>Whether the first group stands in parentheses.</summary>
    public bool InParentheses { get; }

    /// <summary>Where a number of the first groups ends.</summary>
    public readonly int EndOf(int groups) => _ends[groups - 1];

    /// <summary>How many digits a group has.</summary>
    public readonly int LengthOf(int group) => _lengths[group];

    /// <summary>Whether the first groups have these lengths.</summary>
    public readonly bool HasLengths(params ReadOnlySpan<int> lengths) => _lengths.AsSpan(0, lengths.Length).SequenceEqual(lengths);

    /// <summary>Whether one and the same separator stands between the first groups.</summary>
    public readonly bool IsSeparatedBy(char separator, int groups) => !_separators.AsSpan(1, groups - 1).ContainsAnyExcept(separator);

    /// <summary>What stands in front of a group.</summary>
    public readonly char SeparatorOf(int group) => _separators[group];

    /// <summary>The digits of the first groups.</summary>
    public readonly string Digits(int groups)
    {
        Span<char> digits = stackalloc char[MostDigits];
        int count = 0;
        foreach (char c in _text[Start..EndOf(groups)])
        {
            if (char.IsAsciiDigit(c))
                digits[count++] = c;
        }
        return new string(digits[..count]);
    }
}
