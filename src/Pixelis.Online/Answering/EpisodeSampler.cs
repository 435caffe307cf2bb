using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Online.Updates;
using Pixelis.Trajectories;

namespace Pixelis.Online;

/// <summary>Draws the agent's own episodes of a request, at the same time, all on one version.</summary>
internal sealed class EpisodeSampler(PolicyPublisher publisher, double temperature)
{
    /// <summary>Runs episodes.</summary>
    /// <returns>The version, and one answer an episode.</returns>
    /// <exception cref="PixelisException">The question cannot be taken, or every episode failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<(string Version, IReadOnlyList<AgentAnswer> Answers)> SampleAsync(AgentRequest ask, int count, CancellationToken cancellationToken)
    {
        using PolicyLease policy = publisher.Acquire();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<AgentAnswer>[] running = [.. Enumerable.Range(0, count).Select(i => policy.Agent.RecordAsync(Member(ask, policy.Agent, i, count), stop.Token))];
        try
        {
            await UntilFailureOrEnd(running).ConfigureAwait(false);
            if (Array.Find(running, r => r.IsFaulted || r.IsCanceled) is { } failed)
            {
                await stop.CancelAsync().ConfigureAwait(false); // the others need not go on
                await failed.ConfigureAwait(false);
            }
        }
        finally
        {
            // The lease is held until the last of them has let go of the weights.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        AgentAnswer[] answers = [.. running.Select(r => r.Result)];
        return answers.All(a => a.EndReason == EndReason.Failed)
            ? throw new PixelisException(answers[0].Trajectory.Error ?? "The episode failed.")
            : (policy.Version, answers);
    }

    private AgentRequest Member(AgentRequest ask, PixelisAgent agent, int index, int count)
    {
        if (count == 1)
            return ask;
        GenerationOptions asked = ask.Generation ?? agent.Settings.Generation;
        return ask with
        {
            TrajectoryId = null, // told apart by their own; the request's name goes to the one that is served
            // Sampled from the distribution whose log-probabilities are recorded: nothing is cut off or punished.
            Generation = asked with
            {
                Temperature = temperature, TopP = 1, TopK = 0, MinP = 0, RepetitionPenalty = 1, PresencePenalty = 0,
                Seed = asked.Seed is { } seed ? unchecked(seed + (ulong)index) : null,
            },
        };
    }

    private static async Task UntilFailureOrEnd(IEnumerable<Task> running)
    {
        await foreach (Task ended in Task.WhenEach(running).ConfigureAwait(false))
        {
            if (!ended.IsCompletedSuccessfully)
                return;
        }
    }
}
