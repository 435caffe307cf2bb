using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>What an agent answered.</summary>
/// <param name="Text">The answer; what the model wrote last when the episode ended without one. May be empty.</param>
/// <param name="Trajectory">The record of the episode: turns, tool calls, tokens, and why it ended.</param>
public sealed record AgentAnswer(string Text, Trajectory Trajectory)
{
    /// <summary>Why the episode ended; anything but <see cref="Trajectories.EndReason.Answered"/> means there was no proper answer.</summary>
    public EndReason EndReason => Trajectory.EndReason;
}
