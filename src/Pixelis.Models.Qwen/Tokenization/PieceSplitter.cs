namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>
/// Qwen's split rule as a scanner: cuts text into the pieces within which merges may happen. It finds the matches of
/// <see cref="Pattern"/>, which cover any text without gaps.
/// </summary>
/// <remarks>
/// Letter case in the first alternative folds as Unicode says, as in the engines Qwen's tokenizer is defined by: U+017F (long s) counts
/// as s. .NET's own Regex does not do that, nor does it see letters beyond U+FFFF as letters.
/// </remarks>
internal static class PieceSplitter
{
    /// <summary>The rule as tokenizer.json spells it.</summary>
    public const string Pattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>The end of the piece that starts at <paramref name="start"/>, which must be inside the text.</summary>
    public static int NextEnd(ReadOnlySpan<char> text, int start)
    {
        char first = text[start];
        if (first == '\'')
        {
            int contraction = ContractionLength(text[start..]);
            if (contraction > 0)
                return start + contraction;
        }

        CharacterClass kind = CharacterClasses.At(text, start, out int length);
        int next = start + length;
        if (kind == CharacterClass.Letter)
            return SkipLetters(text, next);
        if (kind == CharacterClass.Number)
            return next;

        CharacterClass following = CharacterClass.LineBreak;
        int followingLength = 0;
        if (next < text.Length)
            following = CharacterClasses.At(text, next, out followingLength);
        // One character that is neither a line break nor a number may lead a word.
        if (kind != CharacterClass.LineBreak && following == CharacterClass.Letter && followingLength > 0)
            return SkipLetters(text, next + followingLength);
        if (kind == CharacterClass.Other)
            return SkipSymbols(text, next);
        if (first == ' ' && following == CharacterClass.Other && followingLength > 0)
            return SkipSymbols(text, next + followingLength);
        return WhiteSpaceEnd(text, start);
    }

    private static int ContractionLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 2)
            return 0;
        char second = Fold(text[1]);
        if (second is 's' or 't' or 'm' or 'd')
            return 2;
        if (text.Length < 3)
            return 0;
        char third = Fold(text[2]);
        return (second, third) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3 : 0;
    }

    private static char Fold(char c) => c == '\u017F' ? 's' : char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    private static int SkipLetters(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && CharacterClasses.At(text, index, out int length) == CharacterClass.Letter)
            index += length;
        return index;
    }

    private static int SkipSymbols(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && CharacterClasses.At(text, index, out int length) == CharacterClass.Other)
            index += length;
        while (index < text.Length && text[index] is '\r' or '\n')
            index++;
        return index;
    }

    // White space up to and including its last line break; else, before a visible character, all but the last space (which leads
    // the next piece); else all of it.
    private static int WhiteSpaceEnd(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        int afterLastBreak = -1;
        while (end < text.Length)
        {
            CharacterClass kind = CharacterClasses.At(text, end, out _);
            if (kind == CharacterClass.LineBreak)
                afterLastBreak = end + 1;
            else if (kind != CharacterClass.Space)
                break;
            end++;
        }
        if (afterLastBreak >= 0)
            return afterLastBreak;
        return end < text.Length && end - start > 1 ? end - 1 : end;
    }
}
