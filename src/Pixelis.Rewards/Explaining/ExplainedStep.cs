using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>A turn that the model took, and what rewards say about it.</summary>
/// <param name="Turn">Index in <see cref="Trajectory.Turns"/>.</param>
/// <param name="Text">What it wrote.</param>
/// <param name="Calls">What it called, and what came of it.</param>
/// <param name="Terms">The terms that are about this turn.</param>
public sealed record ExplainedStep(int Turn, string Text, IReadOnlyList<ToolInvocation> Calls, IReadOnlyList<ExplainedTerm> Terms);
