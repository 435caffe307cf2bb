using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>The reward of an episode, told step by step.</summary>
/// <param name="Reward">The reward.</param>
/// <param name="Steps">The turns that the model took, in order.</param>
/// <param name="Whole">The terms that are about the episode as a whole.</param>
public sealed record RewardExplanation(RewardBreakdown Reward, IReadOnlyList<ExplainedStep> Steps, IReadOnlyList<ExplainedTerm> Whole)
{
    /// <summary>Rewards a group and explains each of its episodes, in their order.</summary>
    /// <param name="reward">The reward.</param>
    /// <param name="group">The episodes of one prompt.</param>
    public static IReadOnlyList<RewardExplanation> Of(IRewardFunction reward, RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(group);
        return [.. reward.Score(group).Zip(group.Episodes, (breakdown, episode) => Of(reward.Name, breakdown, episode.Trajectory))];
    }

    private static RewardExplanation Of(string name, RewardBreakdown breakdown, Trajectory trajectory)
    {
        ILookup<int?, ExplainedTerm> terms = Leaves(name, breakdown).ToLookup(t => t.Term.Turn);
        IEnumerable<ExplainedStep> steps = EpisodeReader.ModelTurns(trajectory)
            .Select(turn => new ExplainedStep(turn, trajectory.Turns[turn].Text, trajectory.Turns[turn].Invocations, [.. terms[turn]]));
        return new RewardExplanation(breakdown, [.. steps], [.. terms[null]]);
    }

    // A sum's own terms are its parts' totals, which their terms explain.
    private static IEnumerable<ExplainedTerm> Leaves(string name, RewardBreakdown breakdown) => breakdown.Parts.Count == 0
        ? breakdown.Terms.Select(t => new ExplainedTerm(name, t))
        : breakdown.Parts.SelectMany(p => Leaves(p.Key, p.Value));
}
