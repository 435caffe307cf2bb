using Microsoft.Extensions.AI;
using Pixelis.Agents;
using Pixelis.Agents.Telemetry;
using Pixelis.Trajectories;

namespace Pixelis.Serving.Chat;

/// <summary>Words one request's answers in OpenAI's format. For one request: it adds up what its episodes cost.</summary>
internal sealed class CompletionWriter(string model, string traceId)
{
    private readonly string _id = "chatcmpl-" + traceId;
    private readonly long _created = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    private UsageDocument? _usage;

    public CompletionDocument Whole(IReadOnlyList<ChoiceDocument> choices) => new(_id, "chat.completion", _created, model, choices) { Usage = _usage };

    public CompletionDocument Chunk(int index, MessageDocument delta, string? finish = null, EpisodeDocument? episode = null) =>
        new(_id, "chat.completion.chunk", _created, model, [new ChoiceDocument(index) { Delta = delta, FinishReason = finish, Pixelis = episode }]);

    /// <summary>The last chunk of a stream that was asked for it: no choice, but the cost; null when the model reports none.</summary>
    public CompletionDocument Cost() => new(_id, "chat.completion.chunk", _created, model, []) { Usage = _usage ?? new UsageDocument(0, 0, 0) };

    public ChoiceDocument Choice(int index, AgentAnswer answer, string thoughts)
    {
        Add(answer);
        return new ChoiceDocument(index)
        {
            Message = new MessageDocument("assistant", answer.Text) { ReasoningContent = thoughts.Length > 0 ? thoughts : null },
            FinishReason = Finish(answer.EndReason),
            Pixelis = Episode(answer),
        };
    }

    public CompletionDocument Last(int index, AgentAnswer answer)
    {
        Add(answer);
        return Chunk(index, new MessageDocument(null, null), Finish(answer.EndReason), Episode(answer) with { Answer = answer.Text });
    }

    private static EpisodeDocument Episode(AgentAnswer answer)
    {
        Trajectory trajectory = answer.Trajectory;
        return new EpisodeDocument(trajectory.Id)
        {
            EndReason = EndReasonNames.Of(trajectory.EndReason),
            PolicyVersion = trajectory.PolicyVersion,
            Seconds = Math.Round(trajectory.Duration.TotalSeconds, 3),
            ToolCalls = [.. trajectory.Turns.SelectMany(t => t.Invocations).Where(i => i.Call.Name.Length > 0).Select(i => new ToolCallDocument(i.Call.Name, i.Call.Arguments, i.IsError))],
        };
    }

    // OpenAI has one word for every limit; which one it was stands beside.
    private static string Finish(EndReason reason) => reason == EndReason.Answered ? "stop" : "length";

    private void Add(AgentAnswer answer)
    {
        if (EpisodeUsage.Of(answer.Trajectory) is not UsageDetails cost)
            return;
        (long prompt, long completion, _) = _usage ?? new UsageDocument(0, 0, 0);
        prompt += cost.InputTokenCount ?? 0;
        completion += cost.OutputTokenCount ?? 0;
        _usage = new UsageDocument(prompt, completion, prompt + completion);
    }
}
