using System.Text.RegularExpressions;

namespace Pixelis.Online.Privacy.Scanning;

/// <summary>Names of a list: whole words, whatever their case; the longest name that fits at a place.</summary>
internal sealed partial class NameScanner : IPiiScanner
{
    private readonly Dictionary<string, List<string[]>> _byFirstWord = new(StringComparer.OrdinalIgnoreCase);

    public NameScanner(IReadOnlyList<string> names)
    {
        foreach (string[] words in names.Select(WordsOf).Where(w => w.Length > 0))
        {
            if (!_byFirstWord.TryGetValue(words[0], out List<string[]>? begun))
                _byFirstWord.Add(words[0], begun = []);
            begun.Add(words);
        }
        foreach (List<string[]> begun in _byFirstWord.Values)
            begun.Sort((a, b) => b.Length.CompareTo(a.Length));
    }

    public PiiCategory Categories => PiiCategory.Name;

    public void Scan(RedactionScan scan)
    {
        if (_byFirstWord.Count == 0)
            return;
        var words = new List<(int Start, int Length)>();
        foreach (ValueMatch match in Word().EnumerateMatches(scan.Left))
            words.Add((match.Index, match.Length));
        var lookup = _byFirstWord.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; i < words.Count; i++)
        {
            if (!lookup.TryGetValue(scan.Left.Slice(words[i].Start, words[i].Length), out List<string[]>? begun))
                continue;
            if (begun.Find(name => Fits(scan, words, i, name)) is not { } found)
                continue;
            (int start, int length) = words[i + found.Length - 1];
            scan.Take(PiiCategory.Name, words[i].Start, start + length - words[i].Start, string.Join(' ', found).ToLowerInvariant());
            i += found.Length - 1;
        }
    }

    private static string[] WordsOf(string name) => [.. Word().Matches(name).Select(m => m.Value)];

    private static bool Fits(RedactionScan scan, List<(int Start, int Length)> words, int first, string[] name)
    {
        if (first + name.Length > words.Count)
            return false;
        for (int i = 1; i < name.Length; i++)
        {
            (int start, int length) = words[first + i];
            int end = words[first + i - 1].Start + words[first + i - 1].Length;
            if (start - end > 3 || !scan.Left[end..start].Trim(" .-'\t\n\r").IsEmpty
                || !scan.Left.Slice(start, length).Equals(name[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return true;
    }

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}_]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
