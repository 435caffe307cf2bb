using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>What rewards look at in a trajectory: the turns that the model itself took, and its calls.</summary>
internal static class EpisodeReader
{
    /// <summary>Indices of the turns that the model took in this episode.</summary>
    public static IReadOnlyList<int> ModelTurns(Trajectory trajectory) =>
        [.. Enumerable.Range(0, trajectory.Turns.Count).Where(i => trajectory.Turns[i] is { Role: Role.Assistant, IsInjected: false })];

    /// <summary>The calls it made, in order, failed ones included.</summary>
    public static IReadOnlyList<EpisodeCall> Calls(Trajectory trajectory) =>
    [
        .. from turn in ModelTurns(trajectory)
           from invocation in trajectory.Turns[turn].Invocations
           where invocation is not null
           select new EpisodeCall(turn, ToolNames.Of(invocation.Call.Name), CanonicalArguments.Of(invocation.Call.Arguments), invocation),
    ];

    /// <summary>Text of the model's last turn; empty when it took none.</summary>
    public static string LastText(Trajectory trajectory) =>
        ModelTurns(trajectory) is [.., var last] ? trajectory.Turns[last].Text : "";

    /// <summary>Checks the states of an episode against its turns.</summary>
    /// <returns>Why they cannot be used, or null.</returns>
    /// <exception cref="RewardException">There are not as many as the model took turns, or they differ in length.</exception>
    public static string? StatesProblem(string reward, RewardGroup group, RewardEpisode episode)
    {
        if (episode.States is not { } states)
            return "no state embeddings were measured";
        int turns = ModelTurns(episode.Trajectory).Count;
        if (states.Count != turns)
            throw new RewardException(reward, group.Example.Id, $"an episode has {states.Count} states for {turns} turns of the model; one a turn was expected.");
        if (states.Any(s => s is null || s.Length == 0 || s.Length != states[0].Length))
            throw new RewardException(reward, group.Example.Id, "the states of an episode differ in length, or are empty.");
        return states.Any(s => s.Any(x => !float.IsFinite(x))) ? "a state embedding is not finite" : null;
    }
}
