namespace Pixelis.Online.Privacy.Scanning;

/// <summary>Groups of digits with single separators between them, as numbers for people are written: <c>+49 (0)30 123-456</c>.</summary>
internal readonly ref struct DigitRun
{
    /// <summary>Most groups that are looked at together.</summary>
    public const int MostGroups = 8;

    /// <summary>Most digits of anything that is looked for.</summary>
    public const int MostDigits = 19;

    private readonly Span<Group> _groups;
    private readonly Span<char> _digits;

    /// <summary>Reads groups from a place on: a digit, or a plus or parenthesis in front of one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The place.</param>
    /// <param name="groups">Room for <see cref="MostGroups"/> groups.</param>
    /// <param name="digits">Room for <see cref="MostDigits"/> digits.</param>
    public DigitRun(ReadOnlySpan<char> text, int start, Span<Group> groups, Span<char> digits)
    {
        Start = start;
        _groups = groups;
        _digits = digits;
        HasPlus = text[start] == '+';
        int at = HasPlus ? start + 1 : start, count = 0;
        InParentheses = at < text.Length && text[at] == '(';
        char separator = '\0';
        while (Count < MostGroups && ReadGroup(text, at, separator, ref count) is { } group)
        {
            groups[Count++] = group;
            bool closes = text[group.End - 1] == ')';
            char next = group.End < text.Length ? text[group.End] : '\0';
            bool separates = next is ' ' or '-' or '.' or '/' or '\u00A0';
            if (!separates && !closes && next != '(')
                break;
            separator = closes ? ')' : next == '\u00A0' ? ' ' : separates ? next : '\0';
            at = group.End + (separates ? 1 : 0);
        }
    }

    public int Start { get; }

    public int Count { get; }

    public bool HasPlus { get; }

    /// <summary>Whether the first group stands in parentheses.</summary>
    public bool InParentheses { get; }

    /// <summary>Where a number of the first groups ends.</summary>
    public int EndOf(int groups) => _groups[groups - 1].End;

    /// <summary>How many digits a group has.</summary>
    public int LengthOf(int group) => _groups[group].Length;

    /// <summary>What stands in front of a group.</summary>
    public char SeparatorOf(int group) => _groups[group].Separator;

    /// <summary>The digits of the first groups.</summary>
    public ReadOnlySpan<char> Digits(int groups) => _digits[.._groups[groups - 1].Digits];

    /// <summary>Whether there are that many groups at least, and the first ones have these lengths.</summary>
    public bool HasLengths(params ReadOnlySpan<int> lengths)
    {
        for (int i = 0; i < lengths.Length; i++)
        {
            if (i >= Count || _groups[i].Length != lengths[i])
                return false;
        }
        return true;
    }

    /// <summary>Whether one of the first groups is longer than another.</summary>
    public bool HasSeveralWidths(int groups)
    {
        for (int i = 1; i < groups; i++)
        {
            if (_groups[i].Length != _groups[0].Length)
                return true;
        }
        return false;
    }

    /// <summary>Whether one and the same separator stands between the first groups.</summary>
    public bool IsSeparatedBy(char separator, int groups)
    {
        for (int i = 1; i < groups; i++)
        {
            if (_groups[i].Separator != separator)
                return false;
        }
        return true;
    }

    private Group? ReadGroup(ReadOnlySpan<char> text, int at, char separator, ref int count)
    {
        bool opens = at < text.Length && text[at] == '(';
        int from = at + (opens ? 1 : 0), to = from;
        while (to < text.Length && char.IsAsciiDigit(text[to]))
        {
            if (count == MostDigits)
                return null;
            _digits[count++] = text[to++];
        }
        bool closes = opens && to < text.Length && text[to] == ')';
        return to == from || opens != closes ? null : new Group(to + (closes ? 1 : 0), to - from, separator, count);
    }

    /// <summary>A group.</summary>
    /// <param name="End">Where it ends, its closing parenthesis included.</param>
    /// <param name="Length">Digits of it.</param>
    /// <param name="Separator">What stands in front of it: a closing parenthesis counts more than a blank after it.</param>
    /// <param name="Digits">Digits of it and all groups before it.</param>
    internal readonly record struct Group(int End, int Length, char Separator, int Digits);
}
