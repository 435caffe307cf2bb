using System.Globalization;
using System.Text.RegularExpressions;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// A list of transformations <c>func(object, value)</c> (Reason-RFT's third task, Tan et al. 2025). Repeated ones count once. With P and
/// G the distinct ones answered and true, and u the share of those answered that is distinct, each match is worth m u / max(|P|, |G|):
/// m = 1 for a whole match and, with partial credit, 0.5 where function and object, or function and value, agree and 0.25 where only the
/// function does; each is matched once, whole ones first. 0 to 1. An answer without any transformation gets 0.
/// </summary>
/// <param name="partialCredit">Whether parts count. Default false, as in every released training script.</param>
public sealed partial class FunctionSequenceAnswer(bool partialCredit = false) : IAnswerGrader
{
    private static readonly (double Worth, Func<Call, Call, bool> Agrees)[] Matches =
    [
        (1, (p, g) => p == g),
        (0.5, (p, g) => p.Function == g.Function && p.Object == g.Object),
        (0.5, (p, g) => p.Function == g.Function && p.Value == g.Value),
        (0.25, (p, g) => p.Function == g.Function),
    ];

    /// <inheritdoc />
    public string Name => "functions";

    /// <inheritdoc />
    public bool CanGrade(Example example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return Written().IsMatch(TextMetrics.Fold(example.Answer));
    }

    /// <inheritdoc />
    public AnswerGrade Grade(string answer, Example example, Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(example);
        Call[] written = Calls(answer);
        List<Call> given = [.. written.Distinct()], truth = [.. Calls(example.Answer).Distinct()];
        if (given.Count == 0)
            return AnswerGrade.Wrong("no func(object, value) in the answer");
        double each = (double)given.Count / written.Length / Math.Max(given.Count, truth.Count), value = 0;
        foreach ((double worth, Func<Call, Call, bool> agrees) in Matches.Take(partialCredit ? Matches.Length : 1))
            value += worth * each * TakeMatches(given, truth, agrees);
        return new AnswerGrade(Math.Min(1, value), string.Create(CultureInfo.InvariantCulture, $"{given.Count} unmatched, {truth.Count} missing"));
    }

    private static int TakeMatches(List<Call> given, List<Call> truth, Func<Call, Call, bool> agrees) => given.RemoveAll(p =>
    {
        int at = truth.FindIndex(g => agrees(p, g));
        if (at >= 0)
            truth.RemoveAt(at);
        return at >= 0;
    });

    private static Call[] Calls(string text) =>
        [.. Written().Matches(TextMetrics.Fold(text)).Take(MaxCalls).Select(m => new Call(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value))];

    // Matching is quadratic; no true list is nearly as long.
    private const int MaxCalls = 500;

    [GeneratedRegex(@"\b(\w+)\((\w+),\s*'?(\w+)'?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    private readonly record struct Call(string Function, string Object, string Value);
}
