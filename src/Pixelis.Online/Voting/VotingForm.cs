using System.Globalization;
using System.Text.RegularExpressions;
using Pixelis.Evaluation;

namespace Pixelis.Online;

/// <summary>
/// The form under which answers are counted: two that mean the same have the same form. On top of <see cref="CanonicalAnswer"/> it reads
/// fractions, percentages, units, letters of choices and words around an answer; applied to a form it changes nothing. Pure.
/// </summary>
internal static partial class VotingForm
{
    /// <summary>Name and version of the rules, kept beside results. A change of the rules changes it, and of <see cref="CanonicalAnswer"/>'s too.</summary>
    public const string Version = "pixelis.vote/1+" + CanonicalAnswer.Version;

    // Longer ones are prose, and are compared as they are.
    private const int LongestRead = 200;

    // One rule can uncover what another reads ("the 3 cm"); two rounds do for what people write.
    private const int Rounds = 8;

    /// <summary>The form of an answer; empty for nothing, for blanks and for marks alone.</summary>
    /// <param name="answer">As the model or a person wrote it.</param>
    /// <param name="space">What can be answered; null for anything.</param>
    public static string Of(string? answer, AnswerSpace? space = null)
    {
        if (string.IsNullOrWhiteSpace(answer))
            return "";
        string text = CanonicalAnswer.Of(answer), before;
        if (text.Length > LongestRead)
            return text;
        int rounds = 0;
        do
        {
            before = text;
            text = CanonicalAnswer.Of(Read(Unwrapped(text), space ?? AnswerSpace.Open));
        }
        while (text != before && ++rounds < Rounds);
        return text;
    }

    /// <summary>Whether two answers mean the same; what says nothing is like no other.</summary>
    public static bool AreSame(string? one, string? other, AnswerSpace? space = null)
    {
        string form = Of(one, space);
        return form.Length > 0 && form == Of(other, space);
    }

    private static string Read(string text, AnswerSpace space)
    {
        string? known = space.Kind switch
        {
            AnswerSpaceKind.Choices => ChoiceForm.Of(text, space.Choices),
            AnswerSpaceKind.YesNo => PolarOf(text),
            AnswerSpaceKind.Count => CountOf(text),
            _ => ChoiceForm.Of(text),
        };
        return known ?? Quantity.Of(text) ?? WithoutArticle(text);
    }

    // Each turn takes words away, so it ends.
    private static string Unwrapped(string text)
    {
        while (true)
        {
            Match match = Boxed().Match(text) is { Success: true } boxed ? boxed : Announced().Match(text);
            string inner = match.Success ? CanonicalAnswer.Of(match.Groups[1].Value) : "";
            if (inner.Length == 0)
                return text;
            text = inner;
        }
    }

    private static string? PolarOf(string text)
    {
        Match match = Polar().Match(text);
        if (!match.Success)
            return null;
        string word = match.Groups[1].Value, opposite = word == "yes" ? @"\bno\b" : @"\byes\b";
        return Regex.IsMatch(text, opposite, RegexOptions.CultureInvariant) ? null : word;
    }

    // "3 red cars" and "three" are 3 where things are counted; a unit stays with its number.
    private static string? CountOf(string text)
    {
        if (text == "none")
            return "0";
        Match match = Counted().Match(text);
        if (match.Success && Units.Find(match.Groups[2].Value) is not null)
            return null;
        return CanonicalAnswer.NumberOf(match.Success ? match.Groups[1].Value : text) is { } number
            ? CanonicalAnswer.Of(number.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    private static string WithoutArticle(string text)
    {
        while (Article().Match(text) is { Success: true } match)
            text = match.Groups[1].Value;
        return text;
    }

    [GeneratedRegex(@"^\\boxed\{(.*)\}$", RegexOptions.CultureInvariant)]
    private static partial Regex Boxed();

    [GeneratedRegex(@"^(?:(?:so|thus|therefore|hence),? )?(?:the |my )?(?:final |correct |right |best )?answer(?: is:?|:) (.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Announced();

    [GeneratedRegex(@"^(yes|no)(?:$|[,.;:!] )", RegexOptions.CultureInvariant)]
    private static partial Regex Polar();

    [GeneratedRegex(@"^([+-]?[\d.,]+|[a-z]+) ((?:(?:(?!(?:hundred|thousand|million|billion|dozen|and|or|to|out|point|per|percent|times)\b)[a-z]+)(?: |$)){1,3})$", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();

    [GeneratedRegex(@"^(?:a|an|the) (\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Article();
}
