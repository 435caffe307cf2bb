using Pixelis.Generation;

namespace Pixelis.Agents;

/// <summary>Something that happens while an agent works on a question. New kinds may be added: ignore those you do not know.</summary>
public abstract record AgentEvent
{
    private protected AgentEvent()
    {
    }
}

/// <summary>The model generated a token.</summary>
/// <param name="Token">The token and the text it completes.</param>
public sealed record TokenEvent(GeneratedToken Token) : AgentEvent;

/// <summary>The answer is complete. Always the last event.</summary>
/// <param name="Answer">The answer.</param>
public sealed record AnswerEvent(AgentAnswer Answer) : AgentEvent;
