namespace Pixelis.Rewards;

/// <summary>A reward and its weight in a sum.</summary>
/// <param name="Reward">The reward.</param>
/// <param name="Weight">Its factor, at least 0; 0 switches it off, though it is still measured and logged.</param>
public sealed record RewardPart(IRewardFunction Reward, double Weight)
{
    /// <summary>Whether an episode for which this part cannot be measured has no reward at all. Set it for the task. Default false: such a part adds 0.</summary>
    public bool IsRequired { get; init; }
}
