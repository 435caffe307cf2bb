using System.Text.RegularExpressions;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Multiple choice: 1 when the answer names the right choice and no other, else 0. A choice is named by its letter ("B", "(b)", "B. red",
/// "The answer is B") or by its text where the question lists the choices ("(A) blue (B) red", or one a line). Where the truth is no
/// letter and no choice of the question, the answer must be the true one exactly.
/// </summary>
public sealed partial class ChoiceAnswer : IAnswerGrader
{
    private readonly ExactAnswer _exact = new();

    /// <inheritdoc />
    public string Name => "choice";

    /// <inheritdoc />
    public bool CanGrade(Example example) => _exact.CanGrade(example);

    /// <inheritdoc />
    public AnswerGrade Grade(string answer, Example example, Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(example);
        IReadOnlyList<(char Letter, string Text)> choices = Choices(example.Question);
        if (Letter(example.Answer, choices) is not { } right)
            return _exact.Grade(answer, example, trajectory);
        return Letter(answer, choices) switch
        {
            { } given when given == right => AnswerGrade.Right($"choice {char.ToUpperInvariant(right)}"),
            { } given => AnswerGrade.Wrong($"choice {char.ToUpperInvariant(given)}, not {char.ToUpperInvariant(right)}"),
            null => AnswerGrade.Wrong($"'{ExactAnswer.Shown(answer)}' names no single choice"),
        };
    }

    // "a" is a letter, "a red car" is not: a letter stands alone, is marked off, or follows the words that announce it.
    private static char? Letter(string answer, IReadOnlyList<(char Letter, string Text)> choices)
    {
        string text = CanonicalAnswer.Of(answer);
        if (choices.Where(c => c.Text == text).ToArray() is [var named])
            return named.Letter;
        Match match = Written().Match(text);
        return match.Success ? match.Groups.Cast<Group>().Skip(1).First(g => g.Success).Value[0] : null;
    }

    private static (char Letter, string Text)[] Choices(string question)
    {
        Match[] marks = Mark().Matches(question).ToArray();
        return
        [
            .. marks.Select((mark, i) =>
            {
                int start = mark.Index + mark.Length, end = i + 1 < marks.Length ? marks[i + 1].Index : question.Length;
                string text = question[start..end].Split('\n')[0];
                return (char.ToLowerInvariant(mark.Groups[1].Value[0]), CanonicalAnswer.Of(text));
            }),
        ];
    }

    [GeneratedRegex(@"^\(?([a-z])\)?$|^\(?([a-z])[).:]\s|\b(?:answer|option|choice)(?: is)?:? \(?([a-z])\)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"(?<=^|\s)\(?([A-Z])[).:](?=\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
