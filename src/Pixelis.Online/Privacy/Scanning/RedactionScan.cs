namespace Pixelis.Online.Privacy.Scanning;

/// <summary>A text while it is examined. What was found is hidden from later scanners, and so are placeholders of an earlier redaction.</summary>
internal sealed class RedactionScan(string text)
{
    /// <summary>Stands for hidden characters: neither letter, digit, blank nor punctuation.</summary>
    public const char Hidden = '\uE000';

    private readonly char[] _left = text.ToCharArray();

    public List<PiiFinding> Findings { get; } = [];

    /// <summary>The text, with <see cref="Hidden"/> in place of what is hidden.</summary>
    public ReadOnlySpan<char> Left => _left;

    public void Hide(int start, int length) => _left.AsSpan(start, length).Fill(Hidden);

    public void Take(PiiCategory category, int start, int length, string normalized)
    {
        Findings.Add(new PiiFinding(category, start, length, normalized));
        Hide(start, length);
    }

    /// <summary>As the other, with its lower-case text as the normal form.</summary>
    public void Take(PiiCategory category, int start, int length) =>
        Take(category, start, length, new string(_left, start, length).ToLowerInvariant());

    /// <summary>Whether no letter, digit or underscore touches a part of the text.</summary>
    public bool StandsAlone(int start, int end) =>
        (start == 0 || !IsWord(_left[start - 1])) && (end == _left.Length || !IsWord(_left[end]));

    /// <summary>The character before a place; <see cref="Hidden"/> at the beginning.</summary>
    public char Before(int start) => start > 0 ? _left[start - 1] : Hidden;

    /// <summary>The character at a place; <see cref="Hidden"/> after the end.</summary>
    public char At(int index) => index < _left.Length ? _left[index] : Hidden;

    public static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    /// <summary>Letters and digits of a part, as upper case.</summary>
    public static string Compact(ReadOnlySpan<char> part)
    {
        Span<char> kept = part.Length <= 128 ? stackalloc char[part.Length] : new char[part.Length];
        int count = 0;
        foreach (char c in part)
        {
            if (char.IsAsciiLetterOrDigit(c))
                kept[count++] = char.ToUpperInvariant(c);
        }
        return new string(kept[..count]);
    }
}
