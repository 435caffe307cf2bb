using Pixelis.Data;

namespace Pixelis.Rewards;

/// <summary>The episodes of one prompt, which a group-relative trainer compares with each other. Immutable.</summary>
/// <param name="Example">The task and its truth.</param>
/// <param name="Episodes">Its episodes, in any order; may be empty, or a single one.</param>
public sealed record RewardGroup(Example Example, IReadOnlyList<RewardEpisode> Episodes);
