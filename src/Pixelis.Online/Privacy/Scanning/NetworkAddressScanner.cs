using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Pixelis.Online.Privacy.Scanning;

/// <summary>
/// IPv4, IPv6 and MAC addresses. Four numbers with dots are an address unless "version" or a letter stands in front of them; times and ratios
/// have too few parts.
/// </summary>
internal sealed partial class NetworkAddressScanner : IPiiScanner
{
    public PiiCategory Categories => PiiCategory.NetworkAddress;

    public void Scan(RedactionScan scan)
    {
        foreach (ValueMatch match in Hardware().EnumerateMatches(scan.Left))
            TakeIf(scan, match, IsHardware(scan, match));
        foreach (ValueMatch match in Version6().EnumerateMatches(scan.Left))
            TakeIf(scan, match, IsVersion6(scan, match));
        foreach (ValueMatch match in Version4().EnumerateMatches(scan.Left))
            TakeIf(scan, match, IsVersion4(scan, match));
    }

    private static void TakeIf(RedactionScan scan, ValueMatch match, bool isAddress)
    {
        if (isAddress && scan.StandsAlone(match.Index, match.Index + match.Length))
            scan.Take(PiiCategory.NetworkAddress, match.Index, match.Length);
    }

    private static bool IsHardware(RedactionScan scan, ValueMatch match)
    {
        ReadOnlySpan<char> text = scan.Left.Slice(match.Index, match.Length);
        char separator = text[2];
        return text.Count(separator) == 5
            && scan.Before(match.Index) is not (':' or '-' or '.') && scan.At(match.Index + match.Length) is not (':' or '-')
            && text.ContainsAnyInRange('A', 'f'); // decimal numbers between colons or dashes are times, ratios, dates
    }

    private static bool IsVersion6(RedactionScan scan, ValueMatch match)
    {
        ReadOnlySpan<char> text = scan.Left.Slice(match.Index, match.Length);
        if (scan.Before(match.Index) is ':' or '.' || scan.At(match.Index + match.Length) is ':')
            return false;
        // "12::30" and "std::" are no addresses: a shortened one needs a group of three digits. Eight decimal numbers are eight numbers.
        int groups = 0, longest = 0;
        foreach (Range part in text.Split(':'))
        {
            int length = text[part].Length;
            groups += length > 0 ? 1 : 0;
            longest = Math.Max(longest, length);
        }
        bool hasLetter = text.ContainsAnyInRange('A', 'f');
        return groups >= 2 && (groups == 8 ? hasLetter : longest >= 3) && text.ContainsAnyInRange('0', '9')
            && IPAddress.TryParse(text, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetworkV6;
    }

    private static bool IsVersion4(RedactionScan scan, ValueMatch match)
    {
        ReadOnlySpan<char> text = scan.Left.Slice(match.Index, match.Length);
        int end = match.Index + match.Length;
        if (scan.Before(match.Index) is '.' or '-' or ',' && match.Index > 1 && char.IsAsciiDigit(scan.Left[match.Index - 2]))
            return false;
        if (scan.At(end) is '.' or '-' && char.IsAsciiDigit(scan.At(end + 1)))
            return false;
        foreach (Range part in text.Split('.'))
        {
            ReadOnlySpan<char> number = text[part];
            if (int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture) > 255 || (number.Length > 1 && number[0] == '0'))
                return false;
        }
        ReadOnlySpan<char> before = scan.Left[Math.Max(0, match.Index - 12)..match.Index].TrimEnd(" :=");
        return !before.EndsWith("version", StringComparison.OrdinalIgnoreCase) && !before.EndsWith("release", StringComparison.OrdinalIgnoreCase)
            && !before.EndsWith("section", StringComparison.OrdinalIgnoreCase) && !before.EndsWith("build", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Hardware();

    [GeneratedRegex("[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Version6();

    [GeneratedRegex(@"[0-9]{1,3}(?:\.[0-9]{1,3}){3}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Version4();
}
