using System.Text.RegularExpressions;

namespace Pixelis.Online.Privacy.Scanning;

/// <summary>
/// National ids of letters and digits: British, Spanish, Italian and Chinese ones by form and check digit; any other by the word before it
/// ("passport", "SSN", "Steuer-ID" and their like). Ids of digits alone are <see cref="NumberScanner"/>'s.
/// </summary>
internal sealed partial class NationalIdScanner : IPiiScanner
{
    private const int ShortestValue = 6, LongestValue = 20, FewestDigits = 4;

    public PiiCategory Categories => PiiCategory.NationalId;

    public void Scan(RedactionScan scan)
    {
        foreach (ValueMatch match in British().EnumerateMatches(scan.Left))
            TakeIf(scan, match, _ => true);
        foreach (ValueMatch match in Spanish().EnumerateMatches(scan.Left))
            TakeIf(scan, match, number => CheckDigits.SpanishIdentity(number));
        foreach (ValueMatch match in Italian().EnumerateMatches(scan.Left))
            TakeIf(scan, match, number => CheckDigits.FiscalCode(number));
        foreach (ValueMatch match in Chinese().EnumerateMatches(scan.Left))
            TakeIf(scan, match, number => CheckDigits.ChineseResident(number));
        foreach (ValueMatch match in Announced().EnumerateMatches(scan.Left))
            TakeAnnounced(scan, match.Index + match.Length, mayHaveBlanks: true);
        foreach (ValueMatch match in AnnouncedByThing().EnumerateMatches(scan.Left))
            TakeAnnounced(scan, match.Index + match.Length, mayHaveBlanks: false);
    }

    private static void TakeIf(RedactionScan scan, ValueMatch match, Predicate<string> isValid)
    {
        int end = match.Index + match.Length;
        if (!scan.StandsAlone(match.Index, end) || scan.Before(match.Index) is '-' or '.' or '/' || (scan.At(end) is '.' or '-' or '/' && RedactionScan.IsWord(scan.At(end + 1))))
            return;
        string compact = RedactionScan.Compact(scan.Left.Slice(match.Index, match.Length));
        if (isValid(compact))
            scan.Take(PiiCategory.NationalId, match.Index, match.Length, compact);
    }

    private static void TakeAnnounced(RedactionScan scan, int start, bool mayHaveBlanks)
    {
        int end = start, digits = 0, stop = Math.Min(scan.Left.Length, start + LongestValue + 4);
        while (end < stop && (char.IsAsciiLetterOrDigit(scan.Left[end]) || ((scan.Left[end] is '-' or '/' or '.' || (mayHaveBlanks && scan.Left[end] == ' ')) && GoesOn(scan, end, digits))))
        {
            digits += char.IsAsciiDigit(scan.Left[end]) ? 1 : 0;
            end++;
        }
        string compact = RedactionScan.Compact(scan.Left[start..end]);
        if (digits >= FewestDigits && compact.Length is >= ShortestValue and <= LongestValue && scan.StandsAlone(start, end))
            scan.Take(PiiCategory.NationalId, start, end - start, compact);
    }

    // A blank or dash inside an id stands between two digits.
    private static bool GoesOn(RedactionScan scan, int at, int digits) =>
        digits > 0 && char.IsAsciiDigit(scan.Before(at)) && char.IsAsciiDigit(scan.At(at + 1));

    [GeneratedRegex("[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex British();

    [GeneratedRegex("(?:[0-9]{8}|[XYZ]-?[0-9]{7})-?[A-Z]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Spanish();

    [GeneratedRegex("[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Italian();

    [GeneratedRegex("[0-9]{17}[0-9Xx]", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Chinese();

    [GeneratedRegex(
        @"\b(?:ssn|social security|national id|tax id|steuer-?id|pesel|aadhaar|aadhar|bsn|cpf|nino|national insurance|personnummer)"
        + @"(?: ?(?:number|no|nr|nummer|#))?\.?(?: ?[:=#]| is)? ?",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Announced();

    // Things that can be seen in a picture: numbers after the bare word are where they are.
    [GeneratedRegex(
        @"\b(?:passport|identity card|id card|driver'?s licen[cs]e|personalausweis|reisepass)(?: ?(?:number|no|nr|nummer|#)\.?(?: ?[:=#]| is)?| ?[:=#]) ?",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AnnouncedByThing();
}
