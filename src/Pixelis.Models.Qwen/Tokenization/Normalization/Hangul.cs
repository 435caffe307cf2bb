namespace Pixelis.Models.Qwen.Tokenization.Normalization;

/// <summary>Hangul syllables compose and decompose by arithmetic (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    public const int SyllableBase = 0xAC00;
    public const int LeadBase = 0x1100;
    public const int VowelBase = 0x1161;
    public const int TrailBase = 0x11A7; // one before the first trailing consonant
    public const int LeadCount = 19;
    public const int VowelCount = 21;
    public const int TrailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    /// <summary>Whether a code point is a precomposed syllable.</summary>
    public static bool IsSyllable(int codePoint) => codePoint is >= SyllableBase and < SyllableBase + SyllableCount;

    /// <summary>Appends a syllable's two or three letters.</summary>
    public static void Decompose(int syllable, List<int> output)
    {
        int index = syllable - SyllableBase;
        output.Add(LeadBase + (index / (VowelCount * TrailCount)));
        output.Add(VowelBase + (index / TrailCount % VowelCount));
        if (index % TrailCount != 0)
            output.Add(TrailBase + (index % TrailCount));
    }

    /// <summary>The syllable that lead and vowel, or open syllable and trailing consonant, make; -1 when they make none.</summary>
    public static int Compose(int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
            return SyllableBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TrailCount);
        bool isOpenSyllable = IsSyllable(first) && (first - SyllableBase) % TrailCount == 0;
        return isOpenSyllable && second is > TrailBase and < TrailBase + TrailCount ? first + second - TrailBase : -1;
    }
}
