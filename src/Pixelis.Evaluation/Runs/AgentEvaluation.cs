using System.Diagnostics;
using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Evaluation.Statistics;
using Pixelis.Trajectories;

namespace Pixelis.Evaluation;

/// <summary>Asks an agent the questions of a data set, several at a time, and judges its answers. Thread-safe.</summary>
public sealed class AgentEvaluation
{
    private readonly Func<Example, ulong, CancellationToken, Task<Trajectory>> _run;

    /// <summary>Evaluates an agent.</summary>
    /// <param name="agent">Not owned.</param>
    public AgentEvaluation(PixelisAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        Settings = agent.Settings;
        _run = async (example, seed, cancellation) => (await agent.AskAsync(RequestOf(example, agent.Settings, seed), cancellation)).Trajectory;
    }

    /// <summary>
    /// Evaluates the demonstrator of PixelBench in place of a model: it knows where to look, and answers from what the tools then show.
    /// What it gets wrong, data or tools got wrong.
    /// </summary>
    /// <param name="oracle">Not owned.</param>
    public AgentEvaluation(TraceFactory oracle)
    {
        ArgumentNullException.ThrowIfNull(oracle);
        Settings = oracle.Settings;
        _run = async (example, _, cancellation) => (await oracle.PositiveAsync(example, cancellation)).Trajectory;
    }

    /// <summary>Evaluates whatever answers requests: a vote of several episodes, an agent with a memory.</summary>
    /// <param name="settings">What the answers depend on. A temperature above 0 gives every request a seed of its own.</param>
    /// <param name="answer">Answers; the trajectory's answer is what is judged.</param>
    public AgentEvaluation(AgentSettings settings, Func<AgentRequest, CancellationToken, Task<Trajectory>> answer)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(answer);
        Settings = settings;
        _run = (example, seed, cancellation) => answer(RequestOf(example, settings, seed), cancellation);
    }

    /// <summary>What the answers depend on.</summary>
    public AgentSettings Settings { get; }

    /// <summary>Asks every question that is not done yet.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="done">Predictions of an earlier run by id; they are taken over. Null for none.</param>
    /// <param name="onEpisode">Hears of each episode as it ends, one at a time.</param>
    /// <param name="cancellationToken">Stops within a token; episodes under way are lost, the others were told of.</param>
    /// <returns>The predictions in the order of the data.</returns>
    /// <exception cref="PixelisException">An example cannot be loaded, or nothing works.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<Prediction>> RunAsync(
        EvaluationData data, AgentEvaluationOptions? options = null, IReadOnlyDictionary<string, Prediction>? done = null,
        Action<EvaluatedEpisode>? onEpisode = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new AgentEvaluationOptions();
        options.Validate();
        var tally = new EvaluationTally(data, options.MaxFailures, onEpisode);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, data.Count), parallel, async (index, stop) =>
        {
            Example example = await data.GetAsync(index, stop);
            if (done?.GetValueOrDefault(example.Id) is { } earlier)
                tally.TakeOver(index, earlier);
            else
                await AskAsync(example, index, options.Seed, tally, stop);
        });
        return tally.Predictions;
    }

    private async Task AskAsync(Example example, int index, ulong seed, EvaluationTally tally, CancellationToken stop)
    {
        long started = Stopwatch.GetTimestamp();
        try
        {
            Trajectory trajectory = await _run(example, SplitMix64.Mix(seed, example.Id), stop);
            tally.Add(index, PredictionReader.Of(example, trajectory, Settings.Tools, Stopwatch.GetElapsedTime(started)), trajectory);
        }
        catch (PixelisException e)
        {
            tally.AddFailure(index, PredictionReader.OfFailure(example, e, Stopwatch.GetElapsedTime(started)));
        }
    }

    private static AgentRequest RequestOf(Example example, AgentSettings settings, ulong seed)
    {
        var paths = new Dictionary<int, string>();
        for (int i = 0; i < example.Media.Count; i++)
        {
            if (example.Media[i].Path is { } path)
                paths[i + 1] = path;
        }
        // Greedy decoding draws nothing; its records carry no seed that would mean nothing.
        bool draws = settings.Generation.Temperature > 0;
        return new AgentRequest(example.Question, [.. example.Media.Select(m => m.ToPart())])
        {
            Paths = paths,
            Generation = draws ? settings.Generation with { Seed = seed } : null,
        };
    }
}
