using Microsoft.Extensions.AI;
using Pixelis.Agents.Telemetry;
using Pixelis.Tools;

namespace Pixelis.Agents.ChatClients;

/// <summary>Writes an agent's events as updates of one streamed chat response.</summary>
internal sealed class AgentUpdateWriter(string model)
{
    private readonly string _id = Guid.CreateVersion7().ToString("N");
    private readonly TurnTextFilter _filter = new();
    private readonly Dictionary<ToolCall, string> _calls = new(ReferenceEqualityComparer.Instance);
    private bool _turnIsOpen;

    public IEnumerable<ChatResponseUpdate> Write(AgentEvent happened)
    {
        if (happened is not TokenEvent && _turnIsOpen)
        {
            _turnIsOpen = false;
            if (_filter.End() is { Count: > 0 } held)
                yield return Update(happened.Turn, ChatRole.Assistant, held, null);
        }
        switch (happened)
        {
            case TokenEvent token:
                _turnIsOpen = true;
                if (_filter.Push(token.Token.Text) is { Count: > 0 } clear)
                    yield return Update(token.Turn, ChatRole.Assistant, clear, token);
                break;
            case ToolCallEvent call:
                string id = _calls[call.Call] = $"call_{call.Turn}_{_calls.Count}";
                yield return Update(call.Turn, ChatRole.Assistant, [AgentResponseWriter.Call(call.Call, id)], call);
                break;
            case ObservationEvent observation when _calls.TryGetValue(observation.Call, out string? answered):
                yield return Update(observation.Turn, ChatRole.Tool, [new FunctionResultContent(answered, observation.Result.Text) { RawRepresentation = observation.Result }], observation);
                break;
            case AnswerEvent { Answer: var answer }:
                yield return Last(answer, happened.Turn);
                break;
        }
    }

    private ChatResponseUpdate Last(AgentAnswer answer, int turn)
    {
        AIContent[] usage = EpisodeUsage.Of(answer.Trajectory) is { } tokens ? [new UsageContent(tokens)] : [];
        ChatResponseUpdate update = Update(turn, ChatRole.Assistant, usage, answer);
        update.FinishReason = AgentResponseWriter.Finish(answer.EndReason);
        update.AdditionalProperties = AgentResponseWriter.Properties(answer);
        return update;
    }

    private ChatResponseUpdate Update(int turn, ChatRole role, IReadOnlyList<AIContent> contents, object? raw) => new(role, [.. contents])
    {
        ResponseId = _id,
        MessageId = role == ChatRole.Tool ? $"{_id}-{turn}-results" : $"{_id}-{turn}",
        ModelId = model,
        CreatedAt = DateTimeOffset.UtcNow,
        RawRepresentation = raw,
    };
}
