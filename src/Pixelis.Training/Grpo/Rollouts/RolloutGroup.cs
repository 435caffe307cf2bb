using Pixelis.Data;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>Several episodes of one prompt, by one policy.</summary>
/// <param name="Example">What was asked, and the truth.</param>
/// <param name="Episodes">In the order of their seeds; each with its tokens, who wrote them, their log-probabilities and the policy's version.</param>
public sealed record RolloutGroup(Example Example, IReadOnlyList<Trajectory> Episodes);
