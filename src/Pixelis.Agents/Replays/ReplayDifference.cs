namespace Pixelis.Agents.Replays;

/// <summary>The first place where a rendered trajectory differs from its record.</summary>
/// <param name="Turn">Index of the turn in <see cref="Trajectories.Trajectory.Turns"/>; the words that open a turn of the model count as its own.</param>
/// <param name="Token">Index of the token in <see cref="Trajectories.Trajectory.TokenIds"/>.</param>
/// <param name="Recorded">The recorded id; null where the record has ended.</param>
/// <param name="Rendered">The rendered id; null where the rendering has ended.</param>
/// <param name="Message">The same in words, with both tokens' text.</param>
public sealed record ReplayDifference(int Turn, int Token, int? Recorded, int? Rendered, string Message);
