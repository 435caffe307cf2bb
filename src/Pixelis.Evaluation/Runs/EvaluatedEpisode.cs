using Pixelis.Trajectories;

namespace Pixelis.Evaluation;

/// <summary>An episode of an evaluation that has just ended.</summary>
/// <param name="Prediction">What came of it.</param>
/// <param name="Trajectory">The record with its pictures; null when the episode failed before there was one.</param>
/// <param name="Done">Examples that are done, this one and those of an earlier run included.</param>
/// <param name="Count">Examples in all.</param>
public sealed record EvaluatedEpisode(Prediction Prediction, Trajectory? Trajectory, int Done, int Count);
