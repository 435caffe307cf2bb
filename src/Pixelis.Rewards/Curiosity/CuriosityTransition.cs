using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>A step of an episode: the policy's state, what it called there, the state after.</summary>
/// <param name="State">State at the end of the turn that called.</param>
/// <param name="Calls">The calls of that turn; none for a turn that called nothing.</param>
/// <param name="Next">State at the end of its next turn. Finite, as <paramref name="State"/> is, and as long.</param>
public sealed record CuriosityTransition(float[] State, IReadOnlyList<ToolInvocation> Calls, float[] Next)
{
    /// <summary>Index of the turn in the trajectory.</summary>
    public int Turn { get; init; }

    /// <summary>The steps of an episode; none where states were not measured, or are not finite.</summary>
    /// <exception cref="RewardException">The states do not fit the turns.</exception>
    public static IReadOnlyList<CuriosityTransition> Of(RewardGroup group, RewardEpisode episode)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(episode);
        if (EpisodeReader.StatesProblem(IntrinsicCuriosityReward.RewardName, group, episode) is not null)
            return [];
        IReadOnlyList<int> turns = EpisodeReader.ModelTurns(episode.Trajectory);
        return
        [
            .. Enumerable.Range(0, Math.Max(0, turns.Count - 1)).Select(i => new CuriosityTransition(
                episode.States![i], episode.Trajectory.Turns[turns[i]].Invocations, episode.States[i + 1]) { Turn = turns[i] }),
        ];
    }
}
