using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Generation;
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
    /// <exception cref="PixelisException">An option is outside its range.</exception>
    public RolloutCollector(PixelisAgent agent, RolloutOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        _agent = agent;
        _options = options ?? new RolloutOptions();
        _options.Validate();
    }

    // Sampled from the distribution whose log-probabilities are recorded: nothing is cut off or punished.
    private GenerationOptions Generation => _agent.Settings.Generation with
    {
        Temperature = _options.Temperature, TopP = 1, TopK = 0, MinP = 0, RepetitionPenalty = 1, PresencePenalty = 0,
        MaxNewTokens = Math.Min(_options.MaxNewTokens ?? int.MaxValue, _agent.Settings.Generation.MaxNewTokens),
    };

    /// <summary>Runs a group of episodes for each example.</summary>
    /// <param name="examples">What to ask; their media must be in memory.</param>
    /// <param name="seed">Seed of all draws. The seed of an episode is made of it, of the example's place and of its own in the group.</param>
    /// <param name="onUnusable">Hears, on any thread, of an example that the model cannot take (it does not fit the context, has a picture the model does not see), which is then left out; null (default): it throws.</param>
    /// <param name="cancellationToken">Stops within a token; nothing is returned then.</param>
    /// <returns>One group an example that could be used, in their order. An episode in which the model failed is among them, and says so.</returns>
    /// <exception cref="PixelisException">An example cannot be used, and nobody hears of it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<IReadOnlyList<RolloutGroup>> CollectAsync(
        IReadOnlyList<Example> examples, ulong seed, Action<Example, PixelisException>? onUnusable = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        int size = _options.GroupSize;
        var episodes = new Trajectory?[examples.Count * size];
        var unusable = new int[examples.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = cancellationToken };
        // In order, so that the episodes of a group are under way together and share what the first of them reads.
        await Parallel.ForEachAsync(Enumerable.Range(0, episodes.Length), parallel, async (i, stop) =>
        {
            int prompt = i / size;
            try
            {
                if (Volatile.Read(ref unusable[prompt]) == 0)
                    episodes[i] = await RunAsync(examples[prompt], SeededNumbers.Hash(seed, (ulong)prompt, (ulong)(i % size)), stop).ConfigureAwait(false);
            }
            catch (PixelisException e) when (onUnusable is not null)
            {
                if (Interlocked.Exchange(ref unusable[prompt], 1) == 0)
                    onUnusable(examples[prompt], e);
            }
        }).ConfigureAwait(false);
        return
        [
            .. Enumerable.Range(0, examples.Count).Where(prompt => unusable[prompt] == 0)
                .Select(prompt => new RolloutGroup(examples[prompt], [.. episodes[(prompt * size)..((prompt + 1) * size)].Select(e => e!)])),
        ];
    }

    private async Task<Trajectory> RunAsync(Example example, ulong seed, CancellationToken cancellationToken)
    {
        var request = new AgentRequest(example.Question, [.. example.Media.Select(m => m.ToPart())]) { Generation = Generation with { Seed = seed } };
        return (await _agent.RecordAsync(request, cancellationToken).ConfigureAwait(false)).Trajectory;
    }
}
