using Pixelis.Generation;
using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>What an agent answered.</summary>
/// <param name="Text">The answer; what the model wrote last when the episode ended without one. May be empty.</param>
/// <param name="FinishReason">Why the model's last turn stopped; <see cref="FinishReason.Length"/> means it was cut off.</param>
/// <param name="Tokens">Every token of the conversation in order, each injected or sampled; empty for a remote model.</param>
/// <param name="Trajectory">The record of the episode: turns, tool calls, pictures, and why it ended.</param>
public sealed record AgentAnswer(string Text, FinishReason FinishReason, IReadOnlyList<ConversationToken> Tokens, Trajectory Trajectory)
{
    /// <summary>Why the episode ended; anything but <see cref="Trajectories.EndReason.Answered"/> means there was no proper answer.</summary>
    public EndReason EndReason => Trajectory.EndReason;
}
