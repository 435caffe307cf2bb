using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>One episode to be rewarded. Immutable.</summary>
/// <param name="Trajectory">What was said, seen, called and answered.</param>
public sealed record RewardEpisode(Trajectory Trajectory)
{
    /// <summary>
    /// State embeddings of the policy: one vector at the end of every assistant turn that the model itself took (injected ones have none),
    /// in order, all of one length. Null when they were not measured; rewards that need them then say so.
    /// </summary>
    public IReadOnlyList<float[]>? States { get; init; }
}
