using Pixelis.Rewards;
using Pixelis.Trajectories;

namespace Pixelis.Online.Updates;

/// <summary>
/// 1 for an episode whose answer is the label, else 0 (TTRL, Zuo et al. 2025), by the form that votes are counted under (<see cref="VotingForm"/>):
/// an answer is rewarded exactly when it would have been counted for the label. No answer is never right.
/// </summary>
/// <param name="label">What is held to be right.</param>
/// <param name="space">What can be answered; null for anything.</param>
internal sealed class AgreementReward(string label, AnswerSpace? space = null) : IRewardFunction
{
    /// <summary>The reward's name.</summary>
    public const string RewardName = "agreement";

    private readonly string _form = VotingForm.Of(label, space);

    /// <inheritdoc />
    public string Name => RewardName;

    /// <inheritdoc />
    public RewardRange Range => RewardRange.Unit;

    /// <summary>Whether an episode's answer is the label.</summary>
    public bool Agrees(Trajectory episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        return _form.Length > 0 && VotingForm.Of(episode.Answer, space) == _form;
    }

    /// <inheritdoc />
    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return [.. group.Episodes.Select(e => Agrees(e.Trajectory)
            ? RewardBreakdown.Of(Name, 1, "the answer is the label")
            : RewardBreakdown.Of(Name, 0, string.IsNullOrWhiteSpace(e.Trajectory.Answer) ? "no answer" : "the answer is another than the label"))];
    }
}
