using Pixelis.Data.Demonstrations;
using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>
/// Checks traces: that their parts agree, that their actions can be run, that running them again gives the stored observations, and that
/// the answer is the one the kind of trace promises. Replaying runs the real agent with the real tools. Thread-safe; dispose it.
/// </summary>
/// <param name="budget">The pixel budget the traces were made for; null for <see cref="SeenBudget"/>'s defaults.</param>
public sealed class TraceValidator(SeenBudget? budget = null) : IAsyncDisposable
{
    private readonly TraceFactory _factory = new(budget);

    /// <summary>Checks what can be checked without running a tool.</summary>
    public static IReadOnlyList<TraceProblem> Check(TrainingTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var problems = new List<TraceProblem>();
        TraceChecks.Schema(trace, problems);
        TraceChecks.Actions(trace, problems);
        TraceChecks.Answer(trace, problems);
        return problems;
    }

    /// <summary>Checks everything.</summary>
    /// <param name="trace">A trace with the media of its question in memory (<see cref="MediaLoader"/>, <see cref="TraceMedia"/>).</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<IReadOnlyList<TraceProblem>> ValidateAsync(TrainingTrace trace, CancellationToken cancellationToken = default)
    {
        var problems = new List<TraceProblem>(Check(trace));
        if (problems.Count == 0 && trace.Trajectory.Turns.Any(t => t.Invocations.Count > 0))
            await ReplayAsync(trace, problems, cancellationToken);
        return problems;
    }

    /// <summary>Frees the agent.</summary>
    public ValueTask DisposeAsync() => _factory.DisposeAsync();

    private async Task ReplayAsync(TrainingTrace trace, List<TraceProblem> problems, CancellationToken cancellationToken)
    {
        DemonstrationStep[] steps = [.. trace.Trajectory.Turns.Where(t => t.Role == Role.Assistant).Select(t => new DemonstrationStep(_ => t.Text))];
        Trajectory replayed;
        try
        {
            replayed = (await _factory.RunAsync(trace.Example, new Demonstration(trace.Kind, steps), cancellationToken)).Trajectory;
        }
        catch (PixelisException e)
        {
            problems.Add(Problem(trace, "replay", "trajectory.turns", e.Message));
            return;
        }
        IReadOnlyList<TrajectoryTurn> stored = trace.Trajectory.Turns, again = replayed.Turns;
        for (int i = 0; i < Math.Max(stored.Count, again.Count); i++)
        {
            if (i >= stored.Count || i >= again.Count || stored[i].Role != again[i].Role || stored[i].Text != again[i].Text)
            {
                problems.Add(Problem(trace, "replay", $"trajectory.turns[{i}]", $"the replay has {Quote(again, i)}; stored is {Quote(stored, i)}."));
                return;
            }
        }
        foreach ((TrajectoryInput old, TrajectoryInput now) in trace.Trajectory.Inputs.Zip(replayed.Inputs))
        {
            if (old.Hash != now.Hash || old.SeenWidth != now.SeenWidth || old.SeenHeight != now.SeenHeight)
                problems.Add(Problem(trace, "replay", $"trajectory.inputs[{old.Number - 1}]", "the replay shows another picture, or the same at another size."));
        }
    }

    private static string Quote(IReadOnlyList<TrajectoryTurn> turns, int index)
    {
        if (index >= turns.Count)
            return "no such turn";
        string text = turns[index].Text.ReplaceLineEndings(" ");
        return $"a turn of {turns[index].Role} '{(text.Length <= 160 ? text : text[..160] + "...")}'";
    }

    internal static TraceProblem Problem(TrainingTrace trace, string check, string field, string message) => new(trace.Trajectory.Id, check, field, message);
}
