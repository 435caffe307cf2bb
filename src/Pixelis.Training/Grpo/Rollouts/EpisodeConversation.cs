using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>An episode as training reads it: the very tokens that were sampled and shown, with their pictures.</summary>
internal static class EpisodeConversation
{
    /// <summary>Prepares an episode whose media are in memory.</summary>
    /// <exception cref="PixelisException">What is rendered again differs from what was recorded: then gradients would be of another text.</exception>
    public static PreparedConversation Of(Example example, Trajectory trajectory, IProcessor processor)
    {
        bool[] learn = [.. trajectory.Turns.Where(t => t.Role == Role.Assistant).Select(_ => true)];
        SftExample turns = TraceExamples.Of(new TrainingTrace { Example = example, Trajectory = trajectory, Loss = learn }, recordedTokens: true);
        PreparedConversation prepared = processor.Prepare(turns.Turns, turns.Tools);
        if (prepared.TokenIds.SequenceEqual(trajectory.TokenIds))
            return prepared;
        int at = prepared.TokenIds.Zip(trajectory.TokenIds).TakeWhile(pair => pair.First == pair.Second).Count();
        throw new PixelisException(
            $"Episode {trajectory.Id} of '{example.Id}' was recorded with {trajectory.TokenIds.Count} tokens; prepared again it has {prepared.Length} and differs from token {at} on. The agent's model and the trainer's processor must be of the same folder.");
    }

    /// <summary>The last token of each turn the model took: where its state is read.</summary>
    public static IReadOnlyList<int> TurnEnds(Trajectory trajectory) =>
        [.. trajectory.Turns.Where(t => t.Role == Role.Assistant && !t.IsInjected).Select(t => Math.Max(0, t.TokenStart + t.TokenCount - 1))];
}
