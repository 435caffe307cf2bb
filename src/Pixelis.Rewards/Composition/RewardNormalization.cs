namespace Pixelis.Rewards;

/// <summary>
/// How parts are brought to one scale before they are added. There is no running z-score among them: over a reward of 0 or 1 it moves the
/// optimum as the policy improves.
/// </summary>
public enum RewardNormalization
{
    /// <summary>As they are.</summary>
    None,

    /// <summary>Each part over the largest magnitude its range allows, so that it lies within -1..1; nothing is measured.</summary>
    Fixed,

    /// <summary>
    /// Normalise, then sum: each part less its mean in the group, over its standard deviation there. No part can drown another by its scale;
    /// a small difference in a part that hardly varies counts as much as a large one.
    /// </summary>
    Group,

    /// <summary>Sum, then normalise: the weighted sum less its mean in the group, over its standard deviation there.</summary>
    GroupOfSum,
}
