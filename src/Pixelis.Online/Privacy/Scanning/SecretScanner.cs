using System.Text.RegularExpressions;

namespace Pixelis.Online.Privacy.Scanning;

/// <summary>
/// Private keys, tokens by their well-known beginnings, long runs of letters and digits that no word has, and what is assigned to a word such as
/// "password". Runs of digits alone are numbers.
/// </summary>
internal sealed partial class SecretScanner : IPiiScanner
{
    private const int ShortestToken = 20, ShortestRun = 32, ShortestDashedRun = 40, ShortestValue = 6;

    public PiiCategory Categories => PiiCategory.Secret;

    public void Scan(RedactionScan scan)
    {
        TakePrivateKeys(scan);
        foreach (ValueMatch match in KnownToken().EnumerateMatches(scan.Left))
        {
            if (match.Length >= ShortestToken && !RedactionScan.IsWord(scan.Before(match.Index)) && scan.Left.Slice(match.Index, match.Length).ContainsAnyInRange('0', '9'))
                Take(scan, match.Index, match.Length);
        }
        TakeAssigned(scan);
        foreach (ValueMatch match in Run().EnumerateMatches(scan.Left))
        {
            if (match.Length >= ShortestRun && LooksRandom(scan.Left.Slice(match.Index, match.Length)))
                Take(scan, match.Index, match.Length);
        }
    }

    // A secret's case counts.
    private static void Take(RedactionScan scan, int start, int length) =>
        scan.Take(PiiCategory.Secret, start, length, scan.Left.Slice(start, length).ToString());

    private static void TakePrivateKeys(RedactionScan scan)
    {
        const string Begin = "-----BEGIN ", End = "-----END ", Key = "PRIVATE KEY";
        for (int at = 0; at < scan.Left.Length;)
        {
            int found = scan.Left[at..].IndexOf(Begin, StringComparison.Ordinal);
            if (found < 0)
                return;
            int start = at + found;
            at = start + Begin.Length;
            if (scan.Left[at..Math.Min(scan.Left.Length, at + 40)].IndexOf(Key, StringComparison.Ordinal) < 0)
                continue;
            int end = scan.Left[at..].IndexOf(End, StringComparison.Ordinal);
            int line = end < 0 ? -1 : scan.Left[(at + end)..].IndexOf('\n');
            int stop = line < 0 ? scan.Left.Length : at + end + line; // one that does not end goes to the end of the text
            Take(scan, start, stop - start);
            at = stop;
        }
    }

    private static void TakeAssigned(RedactionScan scan)
    {
        foreach (ValueMatch match in Assignment().EnumerateMatches(scan.Left))
        {
            int start = match.Index + match.Length, end = start;
            while (end < scan.Left.Length && end - start < 512 && !char.IsWhiteSpace(scan.Left[end]) && !"\"'`,;<>)]}\\".Contains(scan.Left[end])
                && scan.Left[end] != RedactionScan.Hidden)
            {
                end++;
            }
            ReadOnlySpan<char> word = scan.Left.Slice(match.Index, match.Length), value = scan.Left[start..end];
            bool isPassword = word[0] is 'p' or 'P' && !word.StartsWith("private", StringComparison.OrdinalIgnoreCase);
            bool hasLetter = value.ContainsAnyInRange('A', 'Z') || value.ContainsAnyInRange('a', 'z');
            bool isWord = !value.ContainsAnyExceptInRange('a', 'z') || !value.ContainsAnyExceptInRange('A', 'Z');
            if (value.Length >= ShortestValue && (isPassword ? !isWord || word.ContainsAny(':', '=') : !isWord && hasLetter))
                Take(scan, start, end - start);
        }
    }

    private static bool LooksRandom(ReadOnlySpan<char> run)
    {
        bool digit = run.ContainsAnyInRange('0', '9'), lower = run.ContainsAnyInRange('a', 'z'), upper = run.ContainsAnyInRange('A', 'Z');
        if (!run.ContainsAny('-', '_'))
            return digit && HasSeveralLetters(run);
        if (run.Length < ShortestDashedRun || !digit || !lower || !upper)
            return false;
        foreach (Range part in run.SplitAny('-', '_'))
        {
            ReadOnlySpan<char> piece = run[part];
            if (piece.Length >= 16 && piece.ContainsAnyInRange('0', '9') && (piece.ContainsAnyInRange('a', 'z') || piece.ContainsAnyInRange('A', 'Z')))
                return true;
        }
        return false;
    }

    // "1920x1080x30x3" has one.
    private static bool HasSeveralLetters(ReadOnlySpan<char> run)
    {
        int seen = 0;
        foreach (char c in run)
            seen |= char.IsAsciiLetter(c) ? 1 << ((c | 0x20) - 'a') : 0;
        return System.Numerics.BitOperations.PopCount((uint)seen) >= 3;
    }

    [GeneratedRegex(
        @"(?:AKIA|ASIA|gh[opsur]_|github_pat_|glpat-|hf_|sk-|sk_live_|sk_test_|rk_live_|xox[abprs]-|AIza|npm_|pypi-|eyJ[A-Za-z0-9_-]+\.eyJ)[A-Za-z0-9_.=-]+",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex KnownToken();

    [GeneratedRegex(
        @"\b(?:password|passwort|passwd|pwd|passphrase|secret|api[_ -]?key|access[_ -]?key|private[_ -]?key|client[_ -]?secret|(?:auth|access|api|bearer)?[_ -]?token|bearer)\b[""'`]?\s{0,3}(?:[:=]|\bis\b)\s{0,3}[""'`]?",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Assignment();

    [GeneratedRegex("[A-Za-z0-9_-]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Run();
}
