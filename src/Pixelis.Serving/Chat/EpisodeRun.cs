using System.Runtime.CompilerServices;
using Pixelis.Agents;
using Pixelis.Serving.Admission;
using Pixelis.Serving.Errors;
using Pixelis.Serving.Live;
using Pixelis.Trajectories;

namespace Pixelis.Serving.Chat;

/// <summary>Runs episodes for a request, keeps the live page told, and says which problem is whose.</summary>
internal sealed class EpisodeRun(ServingSettings settings, ServingLifetime lifetime, AnswerLog log)
{
    /// <summary>The events of an episode. One that ends by a limit ends like any other; a failed one throws.</summary>
    /// <exception cref="ApiException">The question cannot be taken (400), the model failed (500), or the server stops (503).</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async IAsyncEnumerable<AgentEvent> RunAsync(AgentRequest request, [EnumeratorCancellation] CancellationToken clientGone)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(clientGone, lifetime.GraceIsOver);
        using RunningAnswer watched = log.Begin(request);
        await using IAsyncEnumerator<AgentEvent> events = settings.Agent.StreamAsync(request, stop.Token).GetAsyncEnumerator(CancellationToken.None);
        bool hasBegun = false;
        while (await NextAsync(events, hasBegun, clientGone))
        {
            hasBegun = true;
            watched.Take(events.Current);
            if (events.Current is AnswerEvent { Answer.EndReason: EndReason.Cancelled or EndReason.Failed })
                continue; // what comes next is why
            yield return events.Current;
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<AgentEvent> events, bool hasBegun, CancellationToken clientGone)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (OperationCanceledException) when (!clientGone.IsCancellationRequested && lifetime.GraceIsOver.IsCancellationRequested)
        {
            throw ServingLifetime.Stopped();
        }
        catch (ContextLengthException e) when (!hasBegun)
        {
            throw ApiException.Invalid(e.Message, "messages", "context_length_exceeded");
        }
        catch (PixelisException e) when (!hasBegun)
        {
            throw ApiException.Invalid(e.Message, "messages", "invalid_question");
        }
        catch (PixelisException)
        {
            throw new ApiException(500, "The model failed at this question; the server's log has the reason.", code: "model_failed");
        }
    }
}
