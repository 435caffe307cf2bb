using Pixelis.Data;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// A change to an episode that does not make it better: where a reward rises by it, a policy will learn to make it. Pure.
/// </summary>
/// <param name="Name">A short name in lower case.</param>
/// <param name="Description">What is changed, for people.</param>
/// <param name="Change">The changed episode; null where there is nothing to change.</param>
public sealed record RewardProbe(string Name, string Description, Func<Example, Trajectory, Trajectory?> Change);
