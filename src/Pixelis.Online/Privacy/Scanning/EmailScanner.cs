namespace Pixelis.Online.Privacy.Scanning;

/// <summary>E-mail addresses, around each <c>@</c>. What is written to escape it ("ann at example dot org") is not found.</summary>
internal sealed class EmailScanner : IPiiScanner
{
    private const int LongestLocal = 64, LongestDomain = 253;

    public PiiCategory Categories => PiiCategory.Email;

    public void Scan(RedactionScan scan)
    {
        for (int at = scan.Left.IndexOf('@'), next; at >= 0; at = next < 0 ? -1 : at + 1 + next)
        {
            int start = StartOf(scan.Left, at), end = EndOf(scan.Left, at);
            if (start < at && end > at && IsDomain(scan.Left[(at + 1)..end]))
                scan.Take(PiiCategory.Email, start, end - start);
            next = scan.Left[(at + 1)..].IndexOf('@');
        }
    }

    private static int StartOf(ReadOnlySpan<char> text, int at)
    {
        int start = at;
        while (start > 0 && at - start < LongestLocal && (char.IsLetterOrDigit(text[start - 1]) || "._%+-'!#$&*/=?^`{|}~".Contains(text[start - 1])))
            start--;
        while (start < at && !char.IsLetterOrDigit(text[start]) && text[start] != '_')
            start++;
        return start;
    }

    private static int EndOf(ReadOnlySpan<char> text, int at)
    {
        int end = at + 1;
        while (end < text.Length && end - at <= LongestDomain && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '-'))
            end++;
        while (end > at + 1 && !char.IsLetterOrDigit(text[end - 1]))
            end--;
        return end;
    }

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        int dot = domain.LastIndexOf('.');
        if (dot < 1 || domain.IndexOf("..") >= 0 || !char.IsLetterOrDigit(domain[0]))
            return false;
        ReadOnlySpan<char> top = domain[(dot + 1)..];
        foreach (char c in top)
        {
            if (!char.IsLetter(c) && !top.StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return top.Length >= 2;
    }
}
