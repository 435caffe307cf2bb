using Pixelis.Rewards;

namespace Pixelis.Training.Grpo;

/// <summary>What is compared within a group: the reward's total, or its parts where each is normalised by itself, and what the objective takes off.</summary>
internal static class EpisodeRewards
{
    public static GroupRewards Of(IReadOnlyList<ScoredEpisode> episodes, GrpoObjective objective, double klCoefficient)
    {
        var terms = new Dictionary<string, IReadOnlyList<double?>>();
        if (objective.Advantages.Kind == AdvantageKind.NormalizeThenSum)
        {
            foreach (string part in episodes.SelectMany(e => e.Reward.Parts.Keys).Distinct().Order(StringComparer.Ordinal))
                terms[part] = [.. episodes.Select(e => IsKnown(e) && e.Reward.Parts.TryGetValue(part, out RewardBreakdown? measured) ? measured.Total : null)];
        }
        else
        {
            terms[GroupRewards.OnlyTerm] = [.. episodes.Select(e => IsKnown(e) ? e.Reward.Total : null)];
        }

        if (objective.Overlong is { } overlong)
            terms["overlong"] = [.. episodes.Select(e => (double?)overlong.Penalty(e.Sequence.BehaviorLogProbs.Count))];
        if (objective.Loss.Kl is { IsUsed: true, Placement: KlPlacement.Reward } kl)
            terms["kl"] = [.. episodes.Select(e => (double?)-KlEstimate.Penalty(e.Sequence.OldLogProbs ?? e.Sequence.BehaviorLogProbs, e.Sequence.ReferenceLogProbs!, kl.Form, klCoefficient))];
        return Unknown(terms, episodes);
    }

    private static bool IsKnown(ScoredEpisode episode) => !episode.IsVoid && episode.Reward.Total is not null;

    // A punishment alone is no reward: where the reward is not known, nothing is.
    private static GroupRewards Unknown(Dictionary<string, IReadOnlyList<double?>> terms, IReadOnlyList<ScoredEpisode> episodes) =>
        new(terms.ToDictionary(t => t.Key, t => (IReadOnlyList<double?>)[.. t.Value.Select((value, i) => IsKnown(episodes[i]) ? value : null)]));
}
