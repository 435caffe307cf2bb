using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Pixelis.Agents;
using Pixelis.Serving.Admission;

namespace Pixelis.Serving.Chat;

/// <summary><c>POST /v1/chat/completions</c>: the agent's real episode, whole or streamed.</summary>
internal sealed class ChatEndpoint(ServingSettings settings, EpisodeSlots slots, ServingLifetime lifetime, JsonBody body, ChatCallReader reader, EpisodeRun run)
{
    public const string TraceHeader = "X-Pixelis-Trace-Id";

    public async Task HandleAsync(HttpContext http)
    {
        lifetime.RefuseWhenStopping();
        using EpisodeSlot slot = slots.Enter();
        ChatCall call = await ReadAsync(http);
        await WaitAsync(slot, http.RequestAborted);
        // Off the connection's own path: decoding holds a processor.
        AgentRequest question = await Task.Run(() => QuestionMaker.Make(call, settings.Options.MaxPicturePixels), http.RequestAborted);
        AgentRequest[] episodes = [.. Enumerable.Range(0, call.Choices).Select(i => question with
        {
            TrajectoryId = Guid.CreateVersion7().ToString("N"),
            Generation = i > 0 && call.Generation.Seed is { } seed ? call.Generation with { Seed = unchecked(seed + (ulong)i) } : call.Generation,
        })];
        http.Response.Headers[TraceHeader] = string.Join(',', episodes.Select(e => e.TrajectoryId));
        var writer = new CompletionWriter(settings.ModelId, episodes[0].TrajectoryId!);
        if (call.IsStream)
            await new ChatStream(http, writer, run).WriteAsync(episodes, call.IncludesUsage);
        else
            await WriteWholeAsync(http, writer, episodes);
    }

    private async Task<ChatCall> ReadAsync(HttpContext http)
    {
        using JsonDocument document = await body.ReadAsync(http);
        return reader.Read(document.RootElement);
    }

    private async Task WaitAsync(EpisodeSlot slot, CancellationToken clientGone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(clientGone, lifetime.Stopping);
        try
        {
            await slot.StartAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!clientGone.IsCancellationRequested)
        {
            throw ServingLifetime.Stopped();
        }
    }

    private async Task WriteWholeAsync(HttpContext http, CompletionWriter writer, AgentRequest[] episodes)
    {
        var choices = new List<ChoiceDocument>();
        foreach (AgentRequest episode in episodes)
        {
            var text = new EpisodeText();
            AgentAnswer? answer = null;
            await foreach (AgentEvent happened in run.RunAsync(episode, http.RequestAborted))
            {
                foreach (MessageDocument _ in text.Take(happened))
                {
                    // Only what it keeps is needed.
                }
                answer = (happened as AnswerEvent)?.Answer ?? answer;
            }
            choices.Add(writer.Choice(choices.Count, answer!, text.Thoughts));
        }
        await JsonResponse.WriteAsync(http, writer.Whole(choices), ServingJson.Default.CompletionDocument);
    }
}
