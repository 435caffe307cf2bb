namespace Pixelis.Rewards;

/// <summary>
/// Rewards the episodes of a prompt. Implementations are pure and deterministic (equal groups get equal rewards, nothing is changed, no
/// statistics are kept from group to group), thread-safe, and do not care for the order of the episodes: it is the order of the result
/// and nothing else. Whatever a model wrote gets a reward; only a group that contradicts itself throws.
/// </summary>
public interface IRewardFunction
{
    /// <summary>A short name in lower case; logs are kept by it.</summary>
    string Name { get; }

    /// <summary>What <see cref="RewardBreakdown.Total"/> can be.</summary>
    RewardRange Range { get; }

    /// <summary>The rewards, one an episode, in their order.</summary>
    /// <param name="group">The episodes of one prompt.</param>
    /// <exception cref="PixelisException">A group whose parts disagree, such as states of unequal length.</exception>
    IReadOnlyList<RewardBreakdown> Score(RewardGroup group);
}
