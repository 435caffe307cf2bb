using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>Something that happened in an episode, in the order it happened.</summary>
public abstract record AgentEvent
{
    private protected AgentEvent()
    {
    }

    /// <summary>The model's turn it belongs to, from 0.</summary>
    public required int Turn { get; init; }
}

/// <summary>The model wrote a token.</summary>
public sealed record TokenEvent : AgentEvent
{
    /// <summary>The text it completes; may be empty.</summary>
    public required string Text { get; init; }

    /// <summary>Token id; -1 for a remote model that reports none.</summary>
    public int TokenId { get; init; } = -1;

    /// <summary>Natural logarithm of its probability; not a number for a remote model that reports none.</summary>
    public float LogProbability { get; init; } = float.NaN;
}

/// <summary>The model called a tool.</summary>
public sealed record ToolCallEvent : AgentEvent
{
    /// <summary>The call.</summary>
    public required ToolCall Call { get; init; }
}

/// <summary>A tool answered.</summary>
public sealed record ObservationEvent : AgentEvent
{
    /// <summary>The call it answers.</summary>
    public required ToolCall Call { get; init; }

    /// <summary>The result, pictures included.</summary>
    public required ToolResult Result { get; init; }

    /// <summary>The numbers its pictures got.</summary>
    public required IReadOnlyList<int> ImageNumbers { get; init; }
}

/// <summary>The episode is over. Always the last event.</summary>
public sealed record AnswerEvent : AgentEvent
{
    /// <summary>The record of the episode.</summary>
    public required Trajectory Trajectory { get; init; }

    /// <summary>The answer, or null when it ended without one.</summary>
    public string? Answer => Trajectory.Answer;
}
