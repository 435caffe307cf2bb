using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.Rewards;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>Draws prompts, runs their episodes, scores and compares them; samples again where that is asked for.</summary>
internal sealed class GroupCollector
{
    private readonly GrpoSetup _setup;
    private readonly GrpoOptions _options;
    private readonly ReferencePolicy? _reference;
    private readonly RolloutCollector _rollouts;
    private readonly TokenScorer _scorer;
    private readonly PromptOrder _order;
    private readonly Action<string> _skipped;

    /// <param name="setup">What the run works on.</param>
    /// <param name="options">Its settings.</param>
    /// <param name="reference">The reference policy, or null.</param>
    /// <param name="skipped">Hears of prompts that could not be used.</param>
    public GroupCollector(GrpoSetup setup, GrpoOptions options, ReferencePolicy? reference, Action<string> skipped)
    {
        _skipped = skipped;
        _setup = setup;
        _options = options;
        _reference = reference;
        _rollouts = new RolloutCollector(setup.Agent, options.Rollouts);
        _order = new PromptOrder(setup.Prompts, options.Seed);
        var scoring = new TokenScoringOptions { MicroBatchSize = 0, MicroBatchTokens = options.MicroBatchTokens, Autocast = options.Autocast };
        _scorer = new TokenScorer(setup.Model, setup.Processor.PaddingToken, scoring, setup.Adapters);
    }

    private bool MeasuresStates => _options.MeasuresStates || _setup.Curiosity is not null;

    // One update on fresh episodes has a ratio of 1 by definition: nothing needs to be scored for it.
    private bool ScoresOld =>
        MeasuresStates || _options.Epochs * _options.MiniBatches > 1
        || _options.Objective.ZeroVariance == ZeroVariancePolicy.Replay || _options.Objective.Loss.Correction != OffPolicyCorrection.None;

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
            ScoredGroup[] scored = Score(groups, reward, klCoefficient, cancellationToken);
            all.AddRange(scored);
            sampling.Add(scored.Select(g => (g, g.Advantages)));
        }
        while (resamples && sampling.NeedsMore);
        IReadOnlyList<ScoredGroup> kept = resamples ? Compare(sampling.Groups, reward, klCoefficient) : all;
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

    private PreparedConversation[] Prepare((RolloutGroup Group, int Member)[] episodes, CancellationToken cancellationToken)
    {
        var prepared = new PreparedConversation[episodes.Length];
        var conversations = new EpisodeConversation(_setup.Processor);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.ForAsync(0, episodes.Length, parallel, (i, _) =>
        {
            prepared[i] = conversations.Of(episodes[i].Group.Episodes[episodes[i].Member]);
            return ValueTask.CompletedTask;
        }).GetAwaiter().GetResult();
        return prepared;
    }

    private ScoredGroup[] Score(IReadOnlyList<RolloutGroup> groups, CompositeReward reward, double klCoefficient, CancellationToken cancellationToken)
    {
        (RolloutGroup Group, int Member)[] episodes = [.. groups.SelectMany(g => g.Episodes.Select((_, i) => (g, i)))];
        PreparedConversation[] conversations = Prepare(episodes, cancellationToken);
        IReadOnlyList<int>[]? statesAt = MeasuresStates ? [.. episodes.Select(e => EpisodeConversation.TurnEnds(e.Group.Episodes[e.Member]))] : null;
        IReadOnlyList<TokenScores>? old = ScoresOld ? _scorer.Score(conversations, statesAt, cancellationToken) : null;
        IReadOnlyList<TokenScores>? reference = null;
        if (_reference is not null)
        {
            using IDisposable use = _reference.Use();
            reference = _scorer.Score(conversations, cancellationToken: cancellationToken);
        }

        var scored = new List<ScoredGroup>();
        int next = 0;
        foreach (RolloutGroup group in groups)
        {
            int first = next;
            next += group.Episodes.Count;
            var rewarded = new RewardGroup(group.Example, [.. group.Episodes.Select((t, i) => new RewardEpisode(t) { States = statesAt is null ? null : old![first + i].States })]);
            IReadOnlyList<RewardBreakdown> rewards = reward.Score(rewarded);
            scored.Add(new ScoredGroup(group.Example, [.. group.Episodes.Select((t, i) => new ScoredEpisode(t, Sequence(t.LogProbabilities, first + i), rewards[i]))], null!) { Rewarded = rewarded });
        }

        return Compare(scored, reward, klCoefficient);

        PolicySequence Sequence(IReadOnlyList<float> recorded, int episode) => PolicySequence.Of(conversations[episode], recorded) with
        {
            OldLogProbs = old?[episode].LogProbs,
            ReferenceLogProbs = reference?[episode].LogProbs,
        };
    }

    private ScoredGroup[] Compare(IReadOnlyList<ScoredGroup> groups, CompositeReward reward, double klCoefficient)
    {
        AdvantageOptions advantages = _options.Objective.Advantages;
        if (advantages.Kind == AdvantageKind.NormalizeThenSum)
        {
            // The weights of the reward in force, but for those that the options name.
            Dictionary<string, double> weights = reward.Parts.ToDictionary(p => p.Reward.Name, p => p.Weight);
            foreach ((string name, double weight) in advantages.Weights)
                weights[name] = weight;
            advantages = advantages with { Weights = weights };
        }

        IReadOnlyList<GroupAdvantages> compared = Advantages.Of([.. groups.Select(g => EpisodeRewards.Of(g.Episodes, _options.Objective, klCoefficient))], advantages);
        return [.. groups.Zip(compared, (group, advantage) => group with { Advantages = advantage })];
    }
}
