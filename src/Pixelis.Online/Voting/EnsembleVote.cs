using System.Globalization;

namespace Pixelis.Online;

/// <summary>
/// Several rules count the same ballots, and an answer's confidence is the mean of theirs. So what all rules agree on keeps its
/// confidence, and what only some hold up loses.
/// </summary>
public sealed class EnsembleVote : IVotingRule
{
    private readonly IReadOnlyList<IVotingRule> _members;

    /// <summary>Makes an ensemble.</summary>
    /// <param name="members">
    /// The rules, at least one, whose confidences are proportional to the weights of their votes; null for <see cref="MajorityVote"/> and
    /// <see cref="WeightedVote"/>.
    /// </param>
    public EnsembleVote(IReadOnlyList<IVotingRule>? members = null)
    {
        _members = members ?? [new MajorityVote(), new WeightedVote()];
        if (_members.Count == 0)
            throw new ArgumentException("One rule or more was expected.", nameof(members));
    }

    /// <inheritdoc />
    public string Name => "ensemble";

    /// <inheritdoc />
    public ConsensusResult Decide(IReadOnlyList<Ballot> ballots, AnswerSpace space)
    {
        ConsensusResult[] results = [.. _members.Select(m => m.Decide(ballots, space))];
        double[] scales = [.. results.Select(r => r.Tallies.Count > 0 ? r.Tallies[0].Confidence / r.Tallies[0].Weight : 0)];
        Vote[] votes = [.. results[0].Votes.Select((vote, i) => Mean(vote, [.. results.Select((r, m) => r.Votes[i].Weight * scales[m])]))];
        return VoteCount.Of(Name, votes, space, _ => 1);
    }

    private Vote Mean(Vote vote, double[] weights)
    {
        string parts = string.Join(", ", weights.Select((w, m) => string.Create(CultureInfo.InvariantCulture, $"{_members[m].Name} {w:0.###}")));
        return vote with { Weight = weights.Average(), Reason = $"{vote.Reason}; of the confidence: {parts}" };
    }
}
