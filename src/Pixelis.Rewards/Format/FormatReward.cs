using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Whether the episode is well formed, 0 or 1: it ended with an answer, every call could be read, and the last turn gives the answer in
/// the wanted form. Each fault is a term of 0 that names it.
/// </summary>
/// <param name="form">How the last turn must give its answer.</param>
public sealed class FormatReward(AnswerForm form = AnswerForm.Any) : IRewardFunction
{
    /// <inheritdoc />
    public string Name => "format";

    /// <inheritdoc />
    public RewardRange Range => RewardRange.Unit;

    /// <inheritdoc />
    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return [.. group.Episodes.Select(e => Of(e.Trajectory))];
    }

    private RewardBreakdown Of(Trajectory trajectory)
    {
        RewardTerm[] faults = [.. Faults(trajectory)];
        return faults.Length > 0 ? RewardBreakdown.Of(faults) : RewardBreakdown.Of(Name, 1);
    }

    private IEnumerable<RewardTerm> Faults(Trajectory trajectory)
    {
        foreach (EpisodeCall call in EpisodeReader.Calls(trajectory).Where(c => c.Tool.Length == 0))
            yield return new RewardTerm(Name, 0, "a call that could not be read", call.Turn);
        if (trajectory.EndReason != EndReason.Answered || string.IsNullOrWhiteSpace(trajectory.Answer))
            yield return new RewardTerm(Name, 0, $"no answer: the episode ended with {trajectory.EndReason}");
        else if (!HasForm(EpisodeReader.LastText(trajectory).Trim()))
            yield return new RewardTerm(Name, 0, $"the last turn is not of the form {form}", EpisodeReader.ModelTurns(trajectory) is [.., var last] ? last : null);
    }

    private bool HasForm(string text) => form switch
    {
        AnswerForm.Boxed => HoldsOne(text, "\\boxed{", "}"),
        AnswerForm.Tagged => HoldsOne(text, "<answer>", "</answer>"),
        AnswerForm.ThinkThenAnswer => IsThinkThenAnswer(text),
        _ => true,
    };

    // One and no more: who writes two answers has not decided.
    private static bool HoldsOne(string text, string open, string close)
    {
        int start = text.IndexOf(open, StringComparison.Ordinal);
        if (start < 0 || text.IndexOf(open, start + 1, StringComparison.Ordinal) >= 0)
            return false;
        int end = text.LastIndexOf(close, StringComparison.Ordinal);
        return end >= start + open.Length && !string.IsNullOrWhiteSpace(text[(start + open.Length)..end]);
    }

    private static bool IsThinkThenAnswer(string text)
    {
        int middle = text.IndexOf("</think>", StringComparison.Ordinal);
        return middle >= 0
            && text.StartsWith("<think>", StringComparison.Ordinal)
            && text.LastIndexOf("<think>", StringComparison.Ordinal) == 0
            && text[(middle + "</think>".Length)..].Trim() is var rest
            && rest.StartsWith("<answer>", StringComparison.Ordinal)
            && rest.EndsWith("</answer>", StringComparison.Ordinal)
            && HoldsOne(rest, "<answer>", "</answer>");
    }
}
