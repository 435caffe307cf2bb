using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.Rewards;

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

    public GroupCollector(GrpoSetup setup, GrpoOptions options, ReferencePolicy? reference)
    {
        _setup = setup;
        _options = options;
        _reference = reference;
        _rollouts = new RolloutCollector(setup.Agent, options.Rollouts);
        _order = new PromptOrder(setup.Prompts, options.Seed);
        var scoring = new TokenScoringOptions { MicroBatchSize = 0, MicroBatchTokens = options.MicroBatchTokens, Autocast = options.Autocast };
        _scorer = new TokenScorer(setup.Model, setup.Processor.PaddingToken, scoring, setup.Adapters);
    }

    // One update on fresh episodes has a ratio of 1 by definition: nothing needs to be scored for it.
    private bool ScoresOld =>
        _options.MeasuresStates || _setup.Curiosity is not null || _options.Epochs * _options.MiniBatches > 1
        || _options.Objective.ZeroVariance == ZeroVariancePolicy.Replay || _options.Objective.Loss.Correction != OffPolicyCorrection.None;

    public CollectedGroups Collect(int step, GrpoState state, double klCoefficient, CancellationToken cancellationToken)
    {
        if (_setup.Adapters is { } adapters)
            adapters.Training = false; // no dropout while it acts
        bool resamples = _options.Objective.ZeroVariance == ZeroVariancePolicy.Resample;
        var sampling = new DynamicSampling<ScoredGroup>(_options.Prompts, resamples ? _options.SamplingRounds : 1);
        var all = new List<ScoredGroup>();
        do
        {
            IReadOnlyList<Example> examples = _order.Draw(state.Drawn + all.Count, sampling.Missing, cancellationToken);
            ulong seed = SeededNumbers.Hash(_options.Seed, (ulong)step, (ulong)sampling.Rounds);
            IReadOnlyList<RolloutGroup> groups = _rollouts.CollectAsync(examples, seed, cancellationToken: cancellationToken).GetAwaiter().GetResult();
            ScoredGroup[] scored = Score(groups, state, klCoefficient, cancellationToken);
            all.AddRange(scored);
            sampling.Add(scored.Select(g => (g, g.Advantages)));
        }
        while (resamples && sampling.NeedsMore);
        IReadOnlyList<ScoredGroup> kept = resamples ? Compare(sampling.Groups, klCoefficient) : all;
        return new CollectedGroups(kept, all, all.Count, _setup.Reward.Parts.FirstOrDefault(p => p.IsRequired));
    }

    private ScoredGroup[] Score(IReadOnlyList<RolloutGroup> groups, GrpoState state, double klCoefficient, CancellationToken cancellationToken)
    {
        (RolloutGroup Group, int Member)[] episodes = [.. groups.SelectMany(g => g.Episodes.Select((_, i) => (g, i)))];
        PreparedConversation[] conversations = [.. episodes.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(e => EpisodeConversation.Of(e.Group.Example, e.Group.Episodes[e.Member], _setup.Processor))];
        IReadOnlyList<TokenScores>? old = ScoresOld
            ? _scorer.Score(conversations, [.. episodes.Select(e => EpisodeConversation.TurnEnds(e.Group.Episodes[e.Member]))], cancellationToken)
            : null;
        IReadOnlyList<TokenScores>? reference = null;
        if (_reference is not null)
        {
            using IDisposable use = _reference.Use();
            reference = _scorer.Score(conversations, cancellationToken: cancellationToken);
        }

        CompositeReward reward = _setup.Curriculum?.At(state.Curriculum) ?? _setup.Reward;
        var scored = new List<ScoredGroup>();
        int next = 0;
        foreach (RolloutGroup group in groups)
        {
            int first = next;
            next += group.Episodes.Count;
            var rewarded = new RewardGroup(group.Example, [.. group.Episodes.Select((t, i) => new RewardEpisode(t) { States = old?[first + i].States })]);
            IReadOnlyList<RewardBreakdown> rewards = reward.Score(rewarded);
            scored.Add(new ScoredGroup(group.Example, [.. group.Episodes.Select((t, i) => new ScoredEpisode(t, Sequence(t.LogProbabilities, first + i), rewards[i]))], null!) { Rewarded = rewarded });
        }

        return Compare(scored, klCoefficient);

        PolicySequence Sequence(IReadOnlyList<float> recorded, int episode) => PolicySequence.Of(conversations[episode], recorded) with
        {
            OldLogProbs = old?[episode].LogProbs,
            ReferenceLogProbs = reference?[episode].LogProbs,
        };
    }

    private ScoredGroup[] Compare(IReadOnlyList<ScoredGroup> groups, double klCoefficient)
    {
        AdvantageOptions advantages = _options.Objective.Advantages;
        if (advantages.Kind == AdvantageKind.NormalizeThenSum)
            advantages = advantages with { Weights = _setup.Reward.Parts.ToDictionary(p => p.Reward.Name, p => p.Weight) };
        IReadOnlyList<GroupAdvantages> compared = Advantages.Of([.. groups.Select(g => EpisodeRewards.Of(g.Episodes, _options.Objective, klCoefficient))], advantages);
        return [.. groups.Zip(compared, (group, advantage) => group with { Advantages = advantage })];
    }
}
