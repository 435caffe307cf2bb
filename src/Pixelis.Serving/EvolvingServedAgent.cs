using System.Runtime.CompilerServices;
using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Online;
using Pixelis.Trajectories;

namespace Pixelis.Serving;

/// <summary>An agent that asks its memory and learns. What it answers is known when the votes are counted: nothing is told before the answer.</summary>
internal sealed class EvolvingServedAgent(OnlineEvolution evolution) : IServedAgent
{
    private const string Provenance = "http";

    public string ModelName => evolution.Basis.ModelName;

    public AgentSettings Settings => evolution.Basis.Settings;

    public async IAsyncEnumerable<AgentEvent> StreamAsync(AgentRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        OnlineAnswer answer = await evolution.AskAsync(new OnlineRequest(request) { Provenance = Provenance, Subject = request.User }, cancellationToken).ConfigureAwait(false);
        Trajectory episode = answer.Trajectory;
        ConversationToken[] tokens = [.. episode.TokenIds.Select((id, i) => new ConversationToken(id, episode.Provenance[i], episode.LogProbabilities[i]))];
        int turns = episode.Turns.Count(t => t.Role == Role.Assistant && !t.IsInjected);
        var told = new AgentAnswer(answer.Text, episode.EndReason == EndReason.TokenLimit ? FinishReason.Length : FinishReason.EndOfTurn, tokens, episode);
        yield return new AnswerEvent { Turn = Math.Max(0, turns - 1), Answer = told };
    }
}
