using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Models.Qwen.Tests.Tokenization;

/// <summary>Random texts that visit every branch of the split rule and of normalisation.</summary>
internal static class Texts
{
    // Whole alphabets of trouble: contractions, white space, letters and digits beyond the BMP, marks, Hangul letters, exclusions.
    private static readonly string[] Fragments =
    [
        "'s", "'LL", "'Re", "'", " ", "  ", "\t", "\n", "\r\n", "\r", "\u00A0", "\u2028", "\u0085", "a", "Z", "the", " word", "é", "e\u0301", "\u0323", "\u0307",
        "\u212B", "\u1112", "\u1161", "\u11AB", "\uD55C", "0", "9", "\u00BD", "\u0661", "\u4E2D", "\u3042", "\U00010400", "\U0001D7D8", "\U0001F600",
        "\U0001D15E", "\u0958", "\u0E33", "!", "?!", "_", "<|im_end|>", "<", ".", "(", "\u200B", "\0", "\uFFFD", "\u0345", "\u0F71", "\u0F72", "\u0344",
    ];

    /// <summary>Fragments and random code points, well formed.</summary>
    public static Arbitrary<string> WellFormed { get; } = Build(Gen.OneOf(Gen.Elements(Fragments), CodePoint()));

    /// <summary>Like <see cref="WellFormed"/>, with unpaired surrogates among it.</summary>
    public static Arbitrary<string> Any { get; } = Build(Gen.OneOf(
        Gen.Elements(Fragments), CodePoint(), Gen.Choose(0, char.MaxValue).Select(c => ((char)c).ToString()), Gen.Choose(0xD800, 0xDFFF).Select(c => ((char)c).ToString())));

    private static Arbitrary<string> Build(Gen<string> parts) =>
        Arb.From(Gen.ArrayOf(parts).Select(string.Concat), text => text.Length < 2 ? [] : [text[..(text.Length / 2)], text[(text.Length / 2)..], text[1..]]);

    private static Gen<string> CodePoint() => Gen.Choose(0, 0x10FFFF - 0x800).Select(c => char.ConvertFromUtf32(c < 0xD800 ? c : c + 0x800));
}
