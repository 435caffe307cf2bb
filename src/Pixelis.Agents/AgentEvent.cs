using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Agents;

/// <summary>Something that happens while an agent works on a question, in order. New kinds may be added: ignore those you do not know.</summary>
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
    /// <summary>The token and the text it completes; a remote model reports text with id -1 and no probability.</summary>
    public required GeneratedToken Token { get; init; }
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
    /// <summary>The answer, with the record of the episode.</summary>
    public required AgentAnswer Answer { get; init; }
}
