using System.Globalization;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Whether steps follow from each other, -1 to 1: a sum of what pairs that follow bring (each pair of tools once), and of what repeats,
/// undone steps and aimless states cost. It is a sum and not, as in the first design, a mean over the rules that fired, for a mean rises
/// when good pairs are repeated; here nothing that repeats what was done can raise it. Thoughts are not steps: they cost nothing, so
/// they earn nothing. An episode with fewer than two calls gets 0.
/// </summary>
public sealed class CoherenceReward : IRewardFunction
{
    private readonly CoherenceOptions _options;
    private readonly HashSet<ToolPair> _follows, _undoes;

    /// <summary>Makes the reward.</summary>
    /// <param name="options">Pairs and numbers; null for the defaults.</param>
    public CoherenceReward(CoherenceOptions? options = null)
    {
        _options = options ?? new CoherenceOptions();
        _options.Validate();
        _follows = [.. _options.Follows.Select(p => p.Canonical)];
        _undoes = [.. _options.Undoes.Select(p => p.Canonical)];
    }

    /// <inheritdoc />
    public string Name => "coherence";

    /// <inheritdoc />
    public RewardRange Range => new(-1, Math.Min(1, _options.FollowBonus * _follows.Count));

    /// <inheritdoc />
    /// <remarks>States that were not measured, or are not finite, leave their term out; the steps are judged all the same.</remarks>
    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return [.. group.Episodes.Select(e => Of(group, e))];
    }

    private RewardBreakdown Of(RewardGroup group, RewardEpisode episode)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var fresh = new List<EpisodeCall>();
        var terms = new List<RewardTerm>();
        foreach (EpisodeCall call in EpisodeReader.Calls(episode.Trajectory).Where(c => c.Tool.Length > 0))
        {
            if (seen.Add(call.Key))
                fresh.Add(call);
            else
                terms.Add(new RewardTerm("repeat", -_options.RepeatCost, $"{call.Tool} once more with the same arguments", call.Turn));
        }
        terms.AddRange(Following(fresh));
        terms.AddRange(Undoing(fresh));
        terms.AddRange(Moving(group, episode, fresh));
        return BoundedTerms.Sum([.. terms.OrderBy(t => t.Turn ?? int.MaxValue)], Range);
    }

    // A call that repeats an earlier one is no step: it neither completes a pair nor parts one.
    private IEnumerable<RewardTerm> Following(List<EpisodeCall> fresh)
    {
        var paid = new HashSet<ToolPair>();
        foreach ((EpisodeCall first, EpisodeCall second) in fresh.Zip(fresh.Skip(1)))
        {
            var pair = new ToolPair(first.Tool, second.Tool);
            if (first.Succeeded && second.Succeeded && _follows.Contains(pair) && paid.Add(pair))
                yield return new RewardTerm("follows", _options.FollowBonus, $"{pair.First}, then {pair.Second}", second.Turn);
        }
    }

    // Looked for among all earlier calls, not only the one before: what comes between does not make it good.
    private IEnumerable<RewardTerm> Undoing(List<EpisodeCall> fresh)
    {
        var places = new Dictionary<string, List<LookedPlace>>();
        foreach (EpisodeCall call in fresh.Where(c => c.Succeeded))
        {
            if (LookedPlace.Of(call) is not { } place)
                continue;
            if (_undoes.Where(p => p.Second == call.Tool).FirstOrDefault(p => places.GetValueOrDefault(p.First)?.Any(place.IsAt) == true) is { First: { } first })
                yield return new RewardTerm("undoes", -_options.UndoCost, $"{call.Tool} where {first} was", call.Turn);
            if (!places.TryGetValue(call.Tool, out List<LookedPlace>? known))
                places[call.Tool] = known = [];
            if (known.Count < MaxPlaces)
                known.Add(place);
        }
    }

    // Comparing is quadratic; agents end long before.
    private const int MaxPlaces = 256;

    // The worst step alone counts, so that no further step can make up for it.
    private IEnumerable<RewardTerm> Moving(RewardGroup group, RewardEpisode episode, List<EpisodeCall> fresh)
    {
        if (_options.Transitions is not { } bounds || EpisodeReader.StatesProblem(Name, group, episode) is not null)
            return [];
        HashSet<int> turns = [.. fresh.Select(c => c.Turn)];
        (int Turn, float[] State)[] looking = [.. EpisodeReader.ModelTurns(episode.Trajectory).Zip(episode.States!).Where(s => turns.Contains(s.First))];
        return looking.Zip(looking.Skip(1), (from, to) => Step(bounds, Cosine(from.State, to.State), to.Turn))
            .OfType<RewardTerm>().OrderBy(t => t.Value).Take(1);
    }

    private static RewardTerm? Step(TransitionOptions bounds, double cosine, int turn) => cosine switch
    {
        _ when cosine < bounds.LeapBelow => new RewardTerm("leap", -bounds.LeapCost, Written(cosine), turn),
        _ when cosine > bounds.StuckAbove => new RewardTerm("stuck", -bounds.StuckCost, Written(cosine), turn),
        _ => null, // in between, or no direction at all (NaN)
    };

    private static string Written(double cosine) => string.Create(CultureInfo.InvariantCulture, $"cosine {cosine:0.###} with the state before");

    private static double Cosine(float[] a, float[] b)
    {
        double dot = 0, squareA = 0, squareB = 0;
        for (int i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            squareA += (double)a[i] * a[i];
            squareB += (double)b[i] * b[i];
        }
        return dot / Math.Sqrt(squareA * squareB);
    }
}
