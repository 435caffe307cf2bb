using System.Text.RegularExpressions;
using Pixelis.Evaluation;

namespace Pixelis.Online;

/// <summary>Letters of choices, however they are written; the text given is canonical already.</summary>
internal static partial class ChoiceForm
{
    /// <summary>The letter an answer names where choices are known: by its letter, by its text, or by both where they fit. Null for none or two.</summary>
    public static string? Of(string text, IReadOnlyList<AnswerChoice> choices)
    {
        Match match = Lettered().Match(text);
        if (!match.Success)
            return Named(text, choices);
        string letter = match.Groups[1].Value;
        string rest = CanonicalAnswer.Of(match.Groups[2].Value);
        bool isIn = letter[0] - 'a' < choices.Count;
        string? named = rest.Length == 0 ? null : Named(rest, choices);
        return isIn && (named is null || named == letter) ? letter : null;
    }

    /// <summary>The letter where choices are not known: only in brackets, or after "option" or "choice".</summary>
    public static string? Of(string text)
    {
        Match match = Marked().Match(text);
        return match.Success ? match.Groups.Cast<Group>().Skip(1).First(g => g.Success).Value : null;
    }

    private static string? Named(string text, IReadOnlyList<AnswerChoice> choices)
    {
        string form = VotingForm.Of(text);
        char[] letters = [.. choices.Where(c => c.Text.Length > 0 && VotingForm.Of(c.Text) == form).Select(c => char.ToLowerInvariant(c.Letter))];
        return letters is [char only] ? only.ToString() : null;
    }

    // "b", "(b)", "b)", "b. red", "(b): red", "option b", "option (b): red"; not "a red car".
    [GeneratedRegex(@"^(?:(?:option|choice) )?\(?([a-z])(?:\)?$|(?:\)[.:,]?|[.:,])\s(.*)$)", RegexOptions.CultureInvariant)]
    private static partial Regex Lettered();

    [GeneratedRegex(@"^\(?([a-z])\)$|^(?:option|choice) \(?([a-z])(?:\)?$|(?:\)[.:,]?|[.:,])\s.*$)", RegexOptions.CultureInvariant)]
    private static partial Regex Marked();
}
