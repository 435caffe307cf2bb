using System.Text;
using Microsoft.Extensions.AI;
using Pixelis.Agents;
using Pixelis.Agents.ChatClients;

namespace Pixelis.Serving.Chat;

/// <summary>
/// What of an episode is said to the client: the text of the model's turns without its tool calls, apart from its thoughts. Which turn is the last
/// is known only when it is over; in a whole answer the earlier ones count as thoughts.
/// </summary>
internal sealed class EpisodeText
{
    private readonly TurnTextFilter _filter = new();
    private readonly StringBuilder _earlier = new();
    private readonly StringBuilder _turn = new();
    private int _number = -1;
    private bool _hasSaid;

    /// <summary>Everything but the last turn's text.</summary>
    public string Thoughts => _earlier.ToString();

    /// <summary>Takes an event; returns what is clear by it.</summary>
    public IEnumerable<MessageDocument> Take(AgentEvent happened)
    {
        if (happened is TokenEvent token)
            return Say(_filter.Push(token.Token.Text), token.Turn);
        List<MessageDocument> said = [.. Say(_filter.End(), happened.Turn)];
        if (happened is ToolCallEvent)
            PutAway();
        // Whoever decides only at the end has said nothing so far.
        if (happened is AnswerEvent { Answer.Text: { Length: > 0 } answer } && !_hasSaid)
            said.Add(new MessageDocument(null, answer));
        return said;
    }

    private IEnumerable<MessageDocument> Say(IReadOnlyList<AIContent> clear, int turn)
    {
        foreach (AIContent content in clear)
        {
            string text = content switch { TextReasoningContent thought => thought.Text, TextContent plain => plain.Text, _ => "" };
            if (text.Length == 0)
                continue;
            if (content is TextReasoningContent)
            {
                _earlier.Append(text);
                yield return new MessageDocument(null, null) { ReasoningContent = text };
                continue;
            }
            bool isNext = _hasSaid && turn != _number;
            (_number, _hasSaid) = (turn, true);
            _turn.Append(text);
            yield return new MessageDocument(null, isNext ? "\n\n" + text : text);
        }
    }

    private void PutAway()
    {
        if (_turn.Length > 0)
            _earlier.Append(_earlier.Length > 0 ? "\n\n" : "").Append(_turn);
        _turn.Clear();
    }
}
