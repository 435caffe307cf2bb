using Microsoft.Extensions.AI;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Telemetry;

/// <summary>What an episode cost in tokens, read from its trajectory.</summary>
internal static class EpisodeUsage
{
    /// <summary>
    /// Tokens read and written, summed over the model's turns: each turn reads the conversation so far, whether or not it was in the
    /// cache. Null for a remote model, whose trajectory holds no tokens.
    /// </summary>
    public static UsageDetails? Of(Trajectory trajectory)
    {
        if (trajectory.TokenIds.Count == 0)
            return null;
        long input = 0, output = 0;
        foreach (TrajectoryTurn turn in Turns(trajectory))
        {
            input += turn.TokenStart;
            output += turn.TokenCount;
        }
        return new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output };
    }

    /// <summary>The turns that the model took in this episode; assistant turns of an earlier conversation are injected and not counted.</summary>
    public static IEnumerable<TrajectoryTurn> Turns(Trajectory trajectory) =>
        trajectory.Turns.Where(t => t.Role == Role.Assistant && !t.IsInjected);
}
