using System.Runtime.InteropServices;
using System.Text;

namespace Pixelis.Models.Qwen.Tokenization.Normalization;

/// <summary>
/// Unicode normalisation form C, independent of the process's globalization mode. Unpaired surrogates become U+FFFD.
/// </summary>
internal static class CanonicalComposition
{
    // Below the first combining mark everything is composed already.
    private const char FirstInteresting = '\u0300';

    /// <summary>Normalises a text; returns the same instance when nothing changes.</summary>
    public static string Normalize(string text)
    {
        int start = text.AsSpan().IndexOfAnyInRange(FirstInteresting, char.MaxValue);
        if (start < 0)
            return text;
        text = ReplaceUnpairedSurrogates(text, start);
        int unsettled = QuickCheck(text, 0, out int settledUpTo);
        if (unsettled < 0)
            return text;

        var output = new StringBuilder(text.Length + 16);
        var run = new RunComposer();
        int copied = 0;
        while (unsettled >= 0)
        {
            output.Append(text, copied, settledUpTo - copied);
            int end = EndOfRun(text, unsettled);
            run.Compose(text.AsSpan(settledUpTo, end - settledUpTo), output);
            copied = end;
            unsettled = QuickCheck(text, end, out settledUpTo);
        }
        return output.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>
    /// Looks for the first character that may not be as form C wants it (UAX #15, section 9). What comes before
    /// <paramref name="lastStarter"/> is settled whatever follows.
    /// </summary>
    private static int QuickCheck(string text, int start, out int lastStarter)
    {
        NormalizationData data = NormalizationData.Instance;
        int previousClass = 0;
        lastStarter = start;
        for (int i = start; i < text.Length;)
        {
            if (text[i] < FirstInteresting)
            {
                lastStarter = i++;
                previousClass = 0;
                continue;
            }
            int codePoint = CodePointAt(text, i, out int length);
            int combiningClass = data.CombiningClass(codePoint);
            if (!data.IsAlwaysComposed(codePoint) || (combiningClass != 0 && combiningClass < previousClass))
                return i;
            if (combiningClass == 0)
                lastStarter = i;
            previousClass = combiningClass;
            i += length;
        }
        return -1;
    }

    // A run ends before a starter that never composes with what precedes it.
    private static int EndOfRun(string text, int index)
    {
        NormalizationData data = NormalizationData.Instance;
        CodePointAt(text, index, out int length);
        for (index += length; index < text.Length; index += length)
        {
            int codePoint = CodePointAt(text, index, out length);
            if (data.IsAlwaysComposed(codePoint) && data.CombiningClass(codePoint) == 0)
                break;
        }
        return index;
    }

    private static int CodePointAt(string text, int index, out int length)
    {
        char c = text[index];
        length = char.IsHighSurrogate(c) ? 2 : 1;
        return length == 2 ? char.ConvertToUtf32(c, text[index + 1]) : c;
    }

    /// <summary>Replaces unpaired surrogates by U+FFFD; returns the same instance when there are none.</summary>
    public static string ReplaceUnpairedSurrogates(string text, int start = 0)
    {
        char[]? replaced = null;
        for (int i = start; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                (replaced ??= text.ToCharArray())[i] = '\uFFFD';
        }
        return replaced is null ? text : new string(replaced);
    }

    /// <summary>Decomposes, orders and composes a run; keeps its lists between runs.</summary>
    private sealed class RunComposer
    {
        private readonly List<int> _codePoints = [];

        public void Compose(ReadOnlySpan<char> run, StringBuilder output)
        {
            _codePoints.Clear();
            foreach (Rune rune in run.EnumerateRunes())
                Decompose(rune.Value);
            Span<int> codePoints = CollectionsMarshal.AsSpan(_codePoints);
            OrderMarks(codePoints);
            int count = ComposePairs(codePoints);
            foreach (int codePoint in codePoints[..count])
                output.Append(new Rune(codePoint).ToString());
        }

        private void Decompose(int codePoint)
        {
            if (Hangul.IsSyllable(codePoint))
                Hangul.Decompose(codePoint, _codePoints);
            else if (NormalizationData.Instance.Decomposition(codePoint) is { } parts)
                Array.ForEach(parts, Decompose);
            else
                _codePoints.Add(codePoint);
        }

        // Sorts each sequence of marks by combining class, keeping the order of equals. A general sort, because a hostile text can
        // hold a very long sequence.
        private static void OrderMarks(Span<int> codePoints)
        {
            NormalizationData data = NormalizationData.Instance;
            for (int start = 0; start < codePoints.Length; start++)
            {
                int end = start;
                while (end < codePoints.Length && data.CombiningClass(codePoints[end]) != 0)
                    end++;
                if (end - start > 1)
                {
                    Span<int> marks = codePoints[start..end];
                    int[] sorted = [.. marks.ToArray().OrderBy(data.CombiningClass)];
                    sorted.CopyTo(marks);
                }
                start = end;
            }
        }

        // A mark joins the last starter unless one of equal or higher class (or a starter) stands between them.
        private static int ComposePairs(Span<int> codePoints)
        {
            NormalizationData data = NormalizationData.Instance;
            int starter = -1;
            int lastClass = -1;
            int count = 0;
            foreach (int codePoint in codePoints)
            {
                int combiningClass = data.CombiningClass(codePoint);
                if (starter >= 0 && (lastClass < combiningClass || lastClass < 0) && Join(codePoints[starter], codePoint) is >= 0 and var joined)
                {
                    codePoints[starter] = joined;
                    continue;
                }
                if (combiningClass == 0)
                    starter = count;
                lastClass = combiningClass == 0 ? -1 : combiningClass;
                codePoints[count++] = codePoint;
            }
            return count;
        }

        private static int Join(int first, int second)
        {
            int syllable = Hangul.Compose(first, second);
            return syllable >= 0 ? syllable : NormalizationData.Instance.Compose(first, second);
        }
    }
}
