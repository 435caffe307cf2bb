using Pixelis.Agents;
using Pixelis.Data.Demonstrations;
using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>
/// Makes training traces of PixelBench scenes by running the real agent, with the real tools, on a demonstrator that writes each turn
/// from the scene's truth: every observation is what a tool returned, every word is in the agent's own wire format. Thread-safe; dispose it.
/// </summary>
public sealed class TraceFactory : IAsyncDisposable
{
    private readonly DemonstratorModel _model;
    private readonly PixelisAgent _agent;
    private readonly PixelBudget _pixels;

    /// <summary>Makes a factory.</summary>
    /// <param name="budget">How large the model that will learn sees pictures; null for <see cref="SeenBudget"/>'s defaults.</param>
    public TraceFactory(SeenBudget? budget = null)
    {
        budget ??= new SeenBudget();
        _pixels = new PixelBudget(budget.MinPixels, budget.MaxPixels, budget.MaxFramePixels);
        _model = new DemonstratorModel(budget);
        _agent = PixelisAgent.Create().WithModel(_model).WithTools(t => t.All()).Build();
    }

    /// <summary>Names of the tools that traces offer.</summary>
    public static IReadOnlyList<string> ToolNames { get; } = ["ZOOM_IN", "SELECT_FRAMES", "SEGMENT_OBJECT_AT", "GET_PROPERTIES", "READ_TEXT", "TRACK_OBJECT"];

    /// <summary>What its traces depend on beside the scenes: to be kept beside measurements.</summary>
    public AgentSettings Settings => _agent.Settings with { Pixels = _pixels };

    /// <summary>
    /// A trace of the straight way: the right calls, what they returned, the answer that follows from it. Where a tool fails to show the
    /// evidence the answer is wrong or "unknown": check <see cref="Trajectory.Answer"/> against the example's before teaching it.
    /// </summary>
    /// <param name="example">A scene of <see cref="PixelBenchGenerator"/>, its media in memory.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task<TrainingTrace> PositiveAsync(Example example, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(example);
        return RunAsync(example, Demonstrators.Of(example).Positive(example), cancellationToken);
    }

    internal async Task<TrainingTrace> RunAsync(Example example, Demonstration demonstration, CancellationToken cancellationToken)
    {
        _model.Expect(example, demonstration);
        try
        {
            var paths = new Dictionary<int, string>();
            for (int i = 0; i < example.Media.Count; i++)
            {
                if (example.Media[i].Path is { } path)
                    paths[i + 1] = path;
            }
            var request = new AgentRequest(example.Question, [.. example.Media.Select(m => m.ToPart())]) { Paths = paths };
            AgentAnswer answer = await _agent.AskAsync(request, cancellationToken);
            return Trace(example, demonstration, answer.Trajectory);
        }
        finally
        {
            _model.Forget(example);
        }
    }

    /// <summary>Frees the agent.</summary>
    public async ValueTask DisposeAsync()
    {
        await _agent.DisposeAsync();
        _model.Dispose();
    }

    // What depends on the clock or on chance is left out: the same scene gives the same trace.
    private static TrainingTrace Trace(Example example, Demonstration demonstration, Trajectory trajectory)
    {
        int turns = trajectory.Turns.Count(t => t.Role == Role.Assistant);
        string kind = DataNames.Of(demonstration.Kind);
        return new TrainingTrace
        {
            Example = example,
            Trajectory = trajectory with
            {
                Id = $"{example.Id}-{kind}",
                StartedAt = default,
                Duration = default,
                Turns = [.. trajectory.Turns.Select(Timeless)],
            },
            Loss = [.. demonstration.Steps.Take(turns).Select(s => s.IsTarget)],
            Kind = demonstration.Kind,
            Weight = TraceWeights.Of(demonstration.Kind),
            Tools = ToolNames,
            Provenance = $"{example.Provenance}; demonstrated {kind}",
            License = example.License,
        };
    }

    private static TrajectoryTurn Timeless(TrajectoryTurn turn) => turn with
    {
        Duration = default,
        TokenTexts = [],
        Invocations = [.. turn.Invocations.Select(i => i with { Duration = default })],
    };
}
