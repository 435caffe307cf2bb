using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>
/// Runs groups of episodes, real ones with their tools, many at the same time. The model decodes those that are writing as one batch and reads
/// the prompt of a group once; an episode whose tool is at work leaves the batch until the tool returns, and tools run on threads of their
/// own. Thread-safe.
/// </summary>
public sealed class RolloutCollector
{
    private readonly PixelisAgent _agent;
    private readonly RolloutOptions _options;

    /// <summary>Makes a collector.</summary>
    /// <param name="agent">Whose episodes. Not owned; its weights must not change while episodes are collected.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public RolloutCollector(PixelisAgent agent, RolloutOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        _agent = agent;
        _options = options ?? new RolloutOptions();
        _options.Validate();
    }

    /// <summary>Runs a group of episodes for each example.</summary>
    /// <param name="examples">What to ask; their media must be in memory.</param>
    /// <param name="seed">Seed of all draws. The seed of an episode is made of it, of the example's place and of its own in the group.</param>
    /// <param name="onEpisode">Hears of each episode as it ends, on any thread.</param>
    /// <param name="cancellationToken">Stops within a token; nothing is returned then.</param>
    /// <returns>One group an example, in their order.</returns>
    /// <exception cref="PixelisException">A question that the model cannot take: it does not fit the context, or has a picture the model does not see.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<RolloutGroup>> CollectAsync(
        IReadOnlyList<Example> examples, ulong seed, Action<Trajectory>? onEpisode = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        int size = _options.GroupSize;
        var episodes = new Trajectory[examples.Count * size];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = cancellationToken };
        // In order, so that the episodes of a group are under way together and share what the first of them reads.
        await Parallel.ForEachAsync(Enumerable.Range(0, episodes.Length), parallel, async (i, stop) =>
        {
            episodes[i] = await RunAsync(examples[i / size], SeededNumbers.Hash(seed, (ulong)(i / size), (ulong)(i % size)), stop).ConfigureAwait(false);
            onEpisode?.Invoke(episodes[i]);
        }).ConfigureAwait(false);
        return [.. examples.Select((example, i) => new RolloutGroup(example, episodes[(i * size)..((i + 1) * size)]))];
    }

    private async Task<Trajectory> RunAsync(Example example, ulong seed, CancellationToken cancellationToken)
    {
        var request = new AgentRequest(example.Question, [.. example.Media.Select(m => m.ToPart())])
        {
            Generation = _options.Generation with { Seed = seed, MaxNewTokens = Math.Min(_options.Generation.MaxNewTokens, _agent.Settings.Generation.MaxNewTokens) },
        };
        return (await _agent.AskAsync(request, cancellationToken).ConfigureAwait(false)).Trajectory;
    }
}
