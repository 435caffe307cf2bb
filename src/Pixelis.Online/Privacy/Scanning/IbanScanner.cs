using System.Collections.Frozen;

namespace Pixelis.Online.Privacy.Scanning;

/// <summary>International bank account numbers, together or in groups.</summary>
internal sealed class IbanScanner : IPiiScanner
{
    private static readonly FrozenDictionary<string, int> Lengths = Read(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 "
        + "GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 "
        + "MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 "
        + "SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    public PiiCategory Categories => PiiCategory.Iban;

    public void Scan(RedactionScan scan)
    {
        ReadOnlySpan<char> text = scan.Left;
        for (int i = 0; i + 15 <= text.Length; i++)
        {
            if (!char.IsAsciiLetter(text[i]) || !char.IsAsciiLetter(text[i + 1]) || !char.IsAsciiDigit(text[i + 2]) || !char.IsAsciiDigit(text[i + 3]))
                continue;
            if (RedactionScan.IsWord(scan.Before(i)) || EndOf(text, i) is not { } end || RedactionScan.IsWord(scan.At(end)))
                continue;
            string compact = RedactionScan.Compact(text[i..end]);
            if (Remainder(compact) == 1)
                scan.Take(PiiCategory.Iban, i, end - i, compact);
        }
    }

    // The country says how many letters and digits there are; single blanks or dashes may stand between them.
    private static int? EndOf(ReadOnlySpan<char> text, int start)
    {
        Span<char> country = [char.ToUpperInvariant(text[start]), char.ToUpperInvariant(text[start + 1])];
        if (!Lengths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(country, out int left))
            return null;
        for (int i = start; i < text.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
            {
                if (--left == 0)
                    return i + 1;
            }
            else if (text[i] is not (' ' or '-' or '\u00A0') || !char.IsAsciiLetterOrDigit(text[i - 1]))
                return null;
        }
        return null;
    }

    // ISO 7064 mod 97: the first four characters behind the rest, letters as 10 to 35.
    private static int Remainder(string compact)
    {
        int remainder = 0;
        for (int i = 0; i < compact.Length; i++)
        {
            char c = compact[(i + 4) % compact.Length];
            remainder = char.IsAsciiDigit(c) ? (remainder * 10 + (c - '0')) % 97 : (remainder * 100 + (c - 'A' + 10)) % 97;
        }
        return remainder;
    }

    private static FrozenDictionary<string, int> Read(string table) =>
        table.Split(' ').ToFrozenDictionary(e => e[..2], e => int.Parse(e.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture));
}
