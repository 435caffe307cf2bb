using Pixelis.Rewards;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>An episode with what it earned and what learning from it needs.</summary>
/// <param name="Trajectory">The episode.</param>
/// <param name="Sequence">Its tokens and their log-probabilities.</param>
/// <param name="Reward">What it earned.</param>
internal sealed record ScoredEpisode(Trajectory Trajectory, PolicySequence Sequence, RewardBreakdown Reward)
{
    /// <summary>Whether a limit cut off what the model was saying.</summary>
    public bool IsCutOff => Trajectory.EndReason == EndReason.TokenLimit;

    /// <summary>Whether it says nothing of the policy: it ended because something else did not work.</summary>
    public bool IsVoid => Trajectory.EndReason is EndReason.Failed or EndReason.Cancelled or EndReason.TimeLimit;
}
