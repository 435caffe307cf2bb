namespace Pixelis.Training.Grpo;

/// <summary>Which episodes a step learns from, each with its advantage.</summary>
internal static class LearningBatch
{
    /// <summary>Episodes of groups with something to say (or of all, where those are kept), and replayed ones in the place of what is missing.</summary>
    public static IReadOnlyList<PolicySequence> Of(IReadOnlyList<ScoredGroup> groups, GrpoOptions options, SelectiveSampleReplay<PolicySequence>? replay)
    {
        IReadOnlyList<PolicySequence> batch = Of(groups, options.Objective);
        if (replay is null)
            return batch;
        int missing = (options.Prompts * options.Rollouts.GroupSize) - batch.Count;
        IReadOnlyList<PolicySequence> replayed = replay.Draw(Math.Max(0, missing));
        foreach (PolicySequence fresh in batch.Where(s => s.CountedTokens > 0))
            replay.Add(fresh with { OldLogProbs = fresh.BehaviorLogProbs }, fresh.Advantage); // drawn later, it is of an older policy: its ratios are to what sampled it
        return [.. batch, .. replayed];
    }

    /// <summary>Episodes of groups with something to say, or of all, where those are kept.</summary>
    public static IReadOnlyList<PolicySequence> Of(IReadOnlyList<ScoredGroup> groups, GrpoObjective objective)
    {
        bool keepsAll = objective.ZeroVariance == ZeroVariancePolicy.Keep;
        return [.. groups.Where(g => keepsAll || g.Advantages.HasSignal).SelectMany(g => Sequences(g, objective))];
    }

    private static IEnumerable<PolicySequence> Sequences(ScoredGroup group, GrpoObjective objective) => group.Episodes.Select((episode, i) => episode.Sequence with
    {
        Advantage = group.Advantages.Values[i],
        IsMasked = episode.IsVoid || (objective.MasksTruncated && episode.IsCutOff),
    });
}
