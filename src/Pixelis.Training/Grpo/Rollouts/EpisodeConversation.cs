using System.Collections.Concurrent;
using Pixelis.Agents.Replays;
using Pixelis.Modeling;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>
/// Episodes as training reads them: the very tokens that were sampled and shown, with their pictures. A picture that several episodes were
/// shown, as those of a group are, is held once. Thread-safe.
/// </summary>
internal sealed class EpisodeConversation(IProcessor processor)
{
    private readonly ConcurrentDictionary<string, ReadOnlyMemory<float>> _patches = new();

    /// <summary>Prepares episodes on several threads.</summary>
    /// <exception cref="PixelisException">As of <see cref="Of"/>, of one of them.</exception>
    public static PreparedConversation[] Prepare(IReadOnlyList<Trajectory> episodes, IProcessor processor, CancellationToken cancellationToken)
    {
        var prepared = new PreparedConversation[episodes.Count];
        var conversations = new EpisodeConversation(processor);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.ForAsync(0, prepared.Length, parallel, (i, _) =>
        {
            prepared[i] = conversations.Of(episodes[i]);
            return ValueTask.CompletedTask;
        }).GetAwaiter().GetResult();
        return prepared;
    }

    /// <summary>Prepares an episode whose media are in memory.</summary>
    /// <exception cref="PixelisException">What is rendered again differs from what was recorded: then gradients would be of another text.</exception>
    public PreparedConversation Of(Trajectory trajectory)
    {
        ReplayResult replay = trajectory.Replay(processor);
        if (replay.Difference is { } difference)
        {
            throw new PixelisException(
                $"Episode {trajectory.Id} ('{trajectory.Question}') cannot be learnt from: prepared again it differs from the record. {difference.Message} The agent's model and the trainer's processor must be of the same folder.");
        }

        return replay.Rendered with
        {
            Visuals = [.. replay.Rendered.Visuals.Select(v => v.ContentKey is { } key ? v with { Patches = _patches.GetOrAdd(key, v.Patches) } : v)],
        };
    }

    /// <summary>The last token of each turn the model took: where its state is read.</summary>
    public static IReadOnlyList<int> TurnEnds(Trajectory trajectory) =>
        [.. trajectory.Turns.Where(t => t.Role == Role.Assistant && !t.IsInjected).Select(t => Math.Max(0, t.TokenStart + t.TokenCount - 1))];
}
