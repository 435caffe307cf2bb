using Pixelis.Data;
using Pixelis.Rewards;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>Draws prompts, runs their episodes and has them scored; samples again where that is asked for.</summary>
internal sealed class GroupCollector
{
    private readonly GrpoSetup _setup;
    private readonly GrpoOptions _options;
    private readonly EpisodeScorer _scorer;
    private readonly ReferencePolicy? _reference;
    private readonly RolloutCollector _rollouts;
    private readonly PromptOrder _order;
    private readonly Action<string> _skipped;

    /// <param name="setup">What the run works on.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="scorer">Scores and compares the episodes.</param>
    /// <param name="reference">The reference policy, or null.</param>
    /// <param name="skipped">Hears of prompts that could not be used.</param>
    public GroupCollector(GrpoSetup setup, GrpoOptions options, EpisodeScorer scorer, ReferencePolicy? reference, Action<string> skipped)
    {
        (_setup, _options, _scorer, _reference, _skipped) = (setup, options, scorer, reference, skipped);
        _rollouts = new RolloutCollector(setup.Agent, options.Rollouts);
        _order = new PromptOrder(setup.Prompts, options.Seed);
    }

    public CollectedGroups Collect(int step, GrpoState state, double klCoefficient, CancellationToken cancellationToken)
    {
        CompositeReward reward = _setup.Curriculum?.At(state.Curriculum) ?? _setup.Reward;
        bool resamples = _options.Objective.ZeroVariance == ZeroVariancePolicy.Resample;
        var sampling = new DynamicSampling<ScoredGroup>(_options.Prompts, resamples ? _options.SamplingRounds : 1);
        var all = new List<ScoredGroup>();
        int drawn = 0;
        do
        {
            IReadOnlyList<Example> examples = Draw(state.Drawn + drawn, sampling.Missing, cancellationToken);
            drawn += sampling.Missing;
            ulong seed = SeededNumbers.Hash(_options.Seed, (ulong)step, (ulong)sampling.Rounds);
            IReadOnlyList<RolloutGroup> groups = Run(examples, seed, cancellationToken);
            ScoredGroup[] scored = _scorer.Score(groups, _ => reward, new GrpoStep(0, klCoefficient, _reference), cancellationToken);
            all.AddRange(scored);
            sampling.Add(scored.Select(g => (g, g.Advantages)));
        }
        while (resamples && sampling.NeedsMore);
        IReadOnlyList<ScoredGroup> kept = resamples ? _scorer.Compare(sampling.Groups, reward, klCoefficient) : all;
        return new CollectedGroups(kept, all, drawn, reward.Parts.FirstOrDefault(p => p.IsRequired));
    }

    private List<Example> Draw(long first, int count, CancellationToken cancellationToken)
    {
        var examples = new List<Example>();
        for (int i = 0; i < count; i++)
        {
            try
            {
                examples.Add(_order.Get(first + i, cancellationToken));
            }
            catch (DatasetFormatException e)
            {
                _skipped(e.Message);
            }
        }

        return examples;
    }

    private IReadOnlyList<RolloutGroup> Run(IReadOnlyList<Example> examples, ulong seed, CancellationToken cancellationToken)
    {
        var unusable = new List<PixelisException>();
        IReadOnlyList<RolloutGroup> groups = _rollouts.CollectAsync(examples, seed, Note, cancellationToken).GetAwaiter().GetResult();
        if (groups.Count == 0)
            throw new PixelisException($"None of the step's prompts can be used{(unusable.Count > 0 ? $": {unusable[0].Message}" : ".")}");
        Trajectory[] episodes = [.. groups.SelectMany(g => g.Episodes)];
        return episodes.All(e => e.EndReason == EndReason.Failed)
            ? throw new PixelisException($"The model failed in each of the step's {episodes.Length} episodes: {episodes[0].Error}")
            : groups;

        void Note(Example example, PixelisException problem)
        {
            lock (unusable)
            {
                unusable.Add(problem);
                _skipped($"Prompt '{example.Id}': {problem.Message}");
            }
        }
    }
}
