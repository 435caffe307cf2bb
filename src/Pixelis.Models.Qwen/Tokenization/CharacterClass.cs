using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pixelis.Models.Qwen.Tokenization;

/// <summary>The classes of characters that Qwen's split rule distinguishes.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Anything else: punctuation, symbols, marks, controls.</summary>
    Other,

    /// <summary>Unicode category L.</summary>
    Letter,

    /// <summary>Unicode category N.</summary>
    Number,

    /// <summary>White space other than CR and LF.</summary>
    Space,

    /// <summary>CR or LF.</summary>
    LineBreak,
}

/// <summary>Looks up <see cref="CharacterClass"/>.</summary>
internal static class CharacterClasses
{
    private static readonly byte[] Table = BuildTable();

    /// <summary>The class of the code point at <paramref name="index"/> and how many UTF-16 units it takes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharacterClass At(ReadOnlySpan<char> text, int index, out int length)
    {
        char c = text[index];
        length = 1;
        return char.IsHighSurrogate(c) ? AtSurrogate(text, index, out length) : (CharacterClass)Table[c];
    }

    private static CharacterClass AtSurrogate(ReadOnlySpan<char> text, int index, out int length)
    {
        length = 1;
        if (index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
            return CharacterClass.Other;
        length = 2;
        return Of(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[index], text[index + 1])));
    }

    private static byte[] BuildTable()
    {
        var table = new byte[char.MaxValue + 1];
        for (int c = 0; c < table.Length; c++)
        {
            table[c] = (byte)(c is '\r' or '\n' ? CharacterClass.LineBreak
                : char.IsWhiteSpace((char)c) ? CharacterClass.Space
                : Of(CharUnicodeInfo.GetUnicodeCategory((char)c)));
        }
        return table;
    }

    // UnicodeCategory's first five members are the letters (Lu, Ll, Lt, Lm, Lo); the numbers are Nd, Nl, No.
    private static CharacterClass Of(UnicodeCategory category) =>
        category <= UnicodeCategory.OtherLetter ? CharacterClass.Letter
        : category is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber ? CharacterClass.Number
        : CharacterClass.Other;
}
