using Pixelis.Data;
using Pixelis.Modeling;
using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>
/// What learning needs of episodes that are there already: their tokens prepared again, log-probabilities of the policy and of the reference
/// where they are needed, what they earned, and how the episodes of a prompt compare. Used by the thread that trains.
/// </summary>
internal sealed class EpisodeScorer
{
    private readonly IProcessor _processor;
    private readonly GrpoLearnerOptions _options;
    private readonly TokenScorer _scorer;

    public EpisodeScorer(TrainedPolicy policy, IProcessor processor, GrpoLearnerOptions options)
    {
        (_processor, _options) = (processor, options);
        var scoring = new TokenScoringOptions { MicroBatchSize = 0, MicroBatchTokens = options.MicroBatchTokens, Autocast = options.Autocast };
        _scorer = new TokenScorer(policy.Model, processor.PaddingToken, scoring, policy.Adapters);
    }

    // One update on fresh episodes has a ratio of 1 by definition: nothing needs to be scored for it.
    private bool ScoresOld =>
        _options.MeasuresStates
        || (!_options.IsOffPolicy
            && (!_options.IsOneUpdate || _options.Objective.ZeroVariance == ZeroVariancePolicy.Replay || _options.Objective.Loss.Correction != OffPolicyCorrection.None));

    /// <summary>Scores groups and compares the episodes of each.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="rewardOf">What is wanted of an example's episodes; of the same parts for all of them.</param>
    /// <param name="step">The reference, and how strongly it pulls where that is taken off the reward.</param>
    /// <param name="cancellationToken">Looked at between micro batches.</param>
    public ScoredGroup[] Score(IReadOnlyList<RolloutGroup> groups, Func<Example, CompositeReward> rewardOf, GrpoStep step, CancellationToken cancellationToken)
    {
        (RolloutGroup Group, int Member)[] episodes = [.. groups.SelectMany(g => g.Episodes.Select((_, i) => (g, i)))];
        PreparedConversation[] conversations = EpisodeConversation.Prepare([.. episodes.Select(e => e.Group.Episodes[e.Member])], _processor, cancellationToken);
        IReadOnlyList<int>[]? statesAt = _options.MeasuresStates ? [.. episodes.Select(e => EpisodeConversation.TurnEnds(e.Group.Episodes[e.Member]))] : null;
        IReadOnlyList<TokenScores>? old = ScoresOld ? _scorer.Score(conversations, statesAt, cancellationToken) : null;
        IReadOnlyList<TokenScores>? reference = _options.Objective.Loss.Kl.IsUsed ? ScoreReference(step.Reference, conversations, cancellationToken) : null;
        var scored = new List<ScoredGroup>();
        int next = 0;
        foreach (RolloutGroup group in groups)
        {
            int first = next;
            next += group.Episodes.Count;
            var rewarded = new RewardGroup(group.Example, [.. group.Episodes.Select((t, i) => new RewardEpisode(t) { States = statesAt is null ? null : old![first + i].States })]);
            IReadOnlyList<RewardBreakdown> rewards = rewardOf(group.Example).Score(rewarded);
            scored.Add(new ScoredGroup(group.Example, [.. group.Episodes.Select((t, i) => new ScoredEpisode(t, Sequence(t.LogProbabilities, first + i), rewards[i]))], null!) { Rewarded = rewarded });
        }

        return groups.Count == 0 ? [] : Compare(scored, rewardOf(groups[0].Example), step.KlCoefficient);

        PolicySequence Sequence(IReadOnlyList<float> recorded, int episode)
        {
            PolicySequence sequence = PolicySequence.Of(conversations[episode], recorded);
            return sequence with
            {
                OldLogProbs = _options.IsOffPolicy ? sequence.BehaviorLogProbs : old?[episode].LogProbs,
                ReferenceLogProbs = reference?[episode].LogProbs,
            };
        }
    }

    /// <summary>Compares the episodes of each group: rewards to advantages.</summary>
    /// <param name="groups">Scored groups.</param>
    /// <param name="reward">What they were rewarded by.</param>
    /// <param name="klCoefficient">Strength of the pull to the reference, where it is taken off the reward.</param>
    public ScoredGroup[] Compare(IReadOnlyList<ScoredGroup> groups, CompositeReward reward, double klCoefficient)
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

    private IReadOnlyList<TokenScores> ScoreReference(ReferencePolicy? reference, PreparedConversation[] conversations, CancellationToken cancellationToken)
    {
        if (reference is null)
            throw new ArgumentException("The objective pulls to a reference, but the step has none; make one with ReferencePolicy.For.");
        using IDisposable use = reference.Use();
        return _scorer.Score(conversations, cancellationToken: cancellationToken);
    }
}
