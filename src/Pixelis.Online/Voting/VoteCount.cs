using System.Globalization;

namespace Pixelis.Online;

/// <summary>From ballots to votes, and from votes to a result; what all rules share.</summary>
internal static class VoteCount
{
    // Sums that differ by rounding alone are a tie.
    private const double Rounding = 1e-9;

    /// <summary>The ballots with what they are to be relied on, in an order of their own, so that sums do not depend on the given one.</summary>
    public static Vote[] Read(IReadOnlyList<Ballot> ballots, AnswerSpace space, VoteWeights weights, Func<Vote, double> weigh)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(space);
        Vote[] votes = [.. ballots.OrderBy(b => b.Source).ThenBy(b => b.Number).Select(b => Read(b, space, weights, weigh))];
        for (int i = 1; i < votes.Length; i++)
        {
            if (votes[i].Ballot.Source == votes[i - 1].Ballot.Source && votes[i].Ballot.Number == votes[i - 1].Ballot.Number)
                throw new ArgumentException($"Two ballots are of {NameOf(votes[i].Ballot)}; each has one vote.", nameof(ballots));
        }
        return votes;
    }

    /// <summary>The result.</summary>
    /// <param name="rule">The rule's name.</param>
    /// <param name="votes">As <see cref="Read(IReadOnlyList{Ballot}, AnswerSpace, VoteWeights, Func{Vote, double})"/> gives them.</param>
    /// <param name="space">What can be answered.</param>
    /// <param name="whole">What confidence 1 would weigh, of the weight of all votes.</param>
    public static ConsensusResult Of(string rule, IReadOnlyList<Vote> votes, AnswerSpace space, Func<double, double> whole)
    {
        Vote[] counted = [.. votes.Where(v => v.Weight > 0)];
        double all = counted.Sum(v => v.Weight), squares = counted.Sum(v => v.Weight * v.Weight);
        var tallies = counted.Where(v => v.Form.Length > 0).GroupBy(v => v.Form, StringComparer.Ordinal)
            .Select(g => (Votes: g.ToArray(), Tally: TallyOf(g.Key, [.. g], all, whole(all))))
            .OrderByDescending(t => t.Tally.Weight).ThenBy(t => t.Tally.Form, StringComparer.Ordinal).ToList();
        if (tallies.Count > 1)
        {
            var first = Winner(tallies);
            tallies.Remove(first);
            tallies.Insert(0, first);
        }
        string? form = tallies.Count > 0 ? tallies[0].Tally.Form : null;
        string[] own = [.. votes.Where(v => v.Ballot.Source == VoteSource.Own).Select(v => v.Form)];
        return new ConsensusResult
        {
            Rule = rule,
            AnswerSpace = space,
            Tallies = [.. tallies.Select(t => t.Tally)],
            Votes = votes,
            OwnAnswersAgree = own.Length > 0 && own[0].Length > 0 && own.All(o => o == own[0]),
            OwnSupport = own.Length == 0 ? 0 : (double)own.Count(o => o == form) / own.Length,
            EffectiveVotes = squares > 0 ? all * all / squares : 0,
        };
    }

    private static Vote Read(Ballot ballot, AnswerSpace space, VoteWeights weights, Func<Vote, double> weigh)
    {
        string form = VotingForm.Of(ballot.Answer, space);
        IReadOnlyList<VoteTerm> terms = weights.TermsOf(ballot);
        Vote vote = new()
        {
            Ballot = ballot,
            Form = form,
            Terms = terms,
            Reliability = terms.Aggregate(1.0, (product, t) => product * t.Value),
            Weight = 0,
            Reason = "",
        };
        double weight = form.Length == 0 && ballot.Source == VoteSource.Neighbor ? 0 : weigh(vote);
        return vote with { Weight = weight, Reason = ReasonFor(vote, weight) };
    }

    private static AnswerTally TallyOf(string form, Vote[] votes, double all, double whole)
    {
        double weight = votes.Sum(v => v.Weight);
        string spelling = votes.GroupBy(v => v.Ballot.Answer!.Trim(), StringComparer.Ordinal)
            .OrderBy(s => s.Min(v => v.Ballot.Source)).ThenByDescending(s => s.Sum(v => v.Weight))
            .ThenBy(s => s.Key.Length).ThenBy(s => s.Key, StringComparer.Ordinal)
            .First().Key;
        return new AnswerTally(spelling, form, votes.Length, weight, Math.Min(1, weight / all), Math.Min(1, weight / whole));
    }

    // By weight; then by what the voters are to be relied on; then by own episodes; then by spelling, which no voter can bring about.
    private static (Vote[] Votes, AnswerTally Tally) Winner(List<(Vote[] Votes, AnswerTally Tally)> tallies)
    {
        var left = Highest(tallies, t => t.Tally.Weight);
        left = Highest(left, t => t.Votes.Sum(v => v.Reliability));
        left = Highest(left, t => t.Votes.Where(v => v.Ballot.Source == VoteSource.Own).Sum(v => v.Reliability));
        left = Highest(left, t => t.Votes.Count(v => v.Ballot.Source == VoteSource.Own));
        return left.MinBy(t => t.Tally.Form, StringComparer.Ordinal);
    }

    private static List<T> Highest<T>(List<T> all, Func<T, double> measure)
    {
        double most = all.Max(measure);
        return [.. all.Where(t => measure(t) >= most * (1 - Rounding))];
    }

    private static string ReasonFor(Vote vote, double weight)
    {
        string name = NameOf(vote.Ballot);
        if (vote.Form.Length == 0 && vote.Ballot.Source == VoteSource.Own)
            return $"{name} gave no answer, which counts against every answer";
        if (vote.Form.Length == 0)
            return $"{name} has no vote: {WhySilent(vote.Ballot)}";
        string terms = string.Join(" x ", vote.Terms.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Name} {t.Value:0.###}")));
        string labelled = vote.Ballot.LabelSource switch
        {
            LabelSource.Person => ", labelled by a person",
            LabelSource.Vote => ", labelled by a vote",
            _ => "",
        };
        return weight > 0 ? $"{name}{labelled}: {terms}" : $"{name}{labelled} has no vote: {terms}";
    }

    private static string WhySilent(Ballot ballot) => ballot.LabelSource == LabelSource.Person ? "a person rejected it" : "it has no answer";

    private static string NameOf(Ballot ballot) => ballot.Source == VoteSource.Own ? $"own episode {ballot.Number}" : $"neighbour {ballot.Number}";
}
