using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>What a step collected.</summary>
/// <param name="Groups">The groups to learn from.</param>
/// <param name="All">Those and the ones that were sampled and left out.</param>
/// <param name="Drawn">Prompts drawn.</param>
/// <param name="TaskPart">Name of the part of the reward that says whether an answer is right; null when none is required.</param>
internal sealed record CollectedGroups(IReadOnlyList<ScoredGroup> Groups, IReadOnlyList<ScoredGroup> All, int Drawn, RewardPart? TaskPart)
{
    public IEnumerable<ScoredEpisode> Episodes => All.SelectMany(g => g.Episodes);

    /// <summary>Lets a curiosity module learn from what was seen, after it was rewarded; null without one or without transitions.</summary>
    public CuriosityLosses? LearnFrom(CuriosityModule? curiosity)
    {
        if (curiosity is null)
            return null;
        CuriosityTransition[] seen = [.. All.SelectMany(g => g.Rewarded.Episodes.SelectMany(e => CuriosityTransition.Of(g.Rewarded, e)))];
        return seen.Length == 0 ? null : curiosity.Learn(seen);
    }
}
