using Pixelis.Data;
using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>The episodes of a prompt and how they compare.</summary>
internal sealed record ScoredGroup(Example Example, IReadOnlyList<ScoredEpisode> Episodes, GroupAdvantages Advantages)
{
    /// <summary>As rewards see it.</summary>
    public required RewardGroup Rewarded { get; init; }
}
