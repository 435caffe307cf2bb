using Microsoft.AspNetCore.Http;
using Pixelis.Agents;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving.Chat;

/// <summary>
/// Writes a completion as server-sent events. The response begins with the first event of the episode, so that a question that cannot be taken is
/// still refused with its status; a failure after that is an event with an error, and there is no <c>[DONE]</c>.
/// </summary>
internal sealed class ChatStream(HttpContext http, CompletionWriter writer, EpisodeRun run)
{
    private readonly EventStream _events = new(http);

    public async Task WriteAsync(AgentRequest[] episodes, bool includesUsage)
    {
        try
        {
            for (int i = 0; i < episodes.Length; i++)
                await WriteEpisodeAsync(i, episodes[i]);
        }
        catch (ApiException problem) when (_events.HasBegun)
        {
            await _events.WriteAsync(ErrorDocument.Of(problem), ServingJson.Default.ErrorDocument);
            return;
        }
        if (includesUsage)
            await SendAsync(writer.Cost());
        await _events.WriteAsync("[DONE]"u8.ToArray());
    }

    private async Task WriteEpisodeAsync(int index, AgentRequest episode)
    {
        var text = new EpisodeText();
        bool hasBegun = false;
        await foreach (AgentEvent happened in run.RunAsync(episode, http.RequestAborted))
        {
            if (!hasBegun)
                await SendAsync(writer.Chunk(index, new MessageDocument("assistant", ""), episode: new EpisodeDocument(episode.TrajectoryId!)));
            hasBegun = true;
            foreach (MessageDocument said in text.Take(happened))
                await SendAsync(writer.Chunk(index, said));
            if (Told(happened, episode.TrajectoryId!) is { } told)
                await SendAsync(writer.Chunk(index, new MessageDocument(null, null), episode: told));
            else if (happened is AnswerEvent { Answer: var answer })
                await SendAsync(writer.Last(index, answer));
        }
    }

    private static EpisodeDocument? Told(AgentEvent happened, string traceId) => happened switch
    {
        ToolCallEvent { Call: var call } => new EpisodeDocument(traceId) { ToolCall = new ToolCallDocument(call.Name, call.Arguments) },
        ObservationEvent { Call: var call, Result: var result } =>
            new EpisodeDocument(traceId) { Observation = new ObservationDocument(call.Name, result.Text, result.IsError, result.Images.Count) },
        _ => null,
    };

    private Task SendAsync(CompletionDocument chunk) => _events.WriteAsync(chunk, ServingJson.Default.CompletionDocument);
}
