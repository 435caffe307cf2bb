using System.Text.RegularExpressions;
using Pixelis.Evaluation;

namespace Pixelis.Online;

/// <summary>What a question's words say about its answers.</summary>
internal static partial class AskedSpace
{
    private const int LongestRead = 8_000;

    public static AnswerSpace Of(string question)
    {
        if (question.Length > LongestRead)
            return AnswerSpace.Open;
        if (Listed(question) is { } choices)
            return choices;
        string asked = Asked(TextMetrics.Fold(question)).ToLowerInvariant();
        if (asked.Length == 0)
            return AnswerSpace.Open;
        if (HowMany().IsMatch(asked))
            return AnswerSpace.SmallCount;
        if (asked.Contains(" or ", StringComparison.Ordinal))
            return Alternatives(asked) is { } size ? AnswerSpace.Closed(size) : AnswerSpace.Open;
        return Polar().IsMatch(asked) && !AsksMore().IsMatch(asked) ? AnswerSpace.YesNo : AnswerSpace.Open;
    }

    // Letters must run from A without a gap; initials and abbreviations hardly ever do.
    private static AnswerSpace? Listed(string question)
    {
        Match[] marks = [.. Mark().Matches(question).Cast<Match>()];
        if (marks.Length < 2 || marks.Where((m, i) => m.Groups[1].Value[0] != 'A' + i).Any())
            return null;
        var texts = marks.Select((mark, i) =>
        {
            int start = mark.Index + mark.Length, end = i + 1 < marks.Length ? marks[i + 1].Index : question.Length;
            return question[start..end].Split('\n')[0].Trim().TrimEnd(',', ';');
        });
        return AnswerSpace.OfChoices([.. texts]);
    }

    // The last sentence that asks; instructions may follow it.
    private static string Asked(string question) =>
        Sentence().Matches(question).Select(m => m.Value.Trim()).LastOrDefault(s => s.EndsWith('?')) ?? "";

    // "Is it red, green or blue?" and "Which is larger, the red or the blue one?": as many as commas and the one "or" part.
    private static int? Alternatives(string asked)
    {
        string[] halves = asked.Split(" or ");
        if (halves.Length != 2)
            return null;
        string before = halves[0].TrimEnd(',');
        int commas = before.Count(c => c == ',');
        if (Polar().IsMatch(asked) && !AsksMore().IsMatch(asked))
            return commas + 2;
        return Which().IsMatch(asked) && commas >= 1 ? commas + 1 : null;
    }

    [GeneratedRegex(@"(?<=^|\s)\(?([A-Z])[).:](?=\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex(@"[^.!?]+[.!?]*", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\bhow many\b", RegexOptions.CultureInvariant)]
    private static partial Regex HowMany();

    [GeneratedRegex(@"^(?:is|are|was|were|does|do|did|has|have|had)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Polar();

    [GeneratedRegex(@"^(?:which|what|who)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Which();

    [GeneratedRegex(@"\b(?:what|which|who|whose|where|when|why|how)\b", RegexOptions.CultureInvariant)]
    private static partial Regex AsksMore();
}
