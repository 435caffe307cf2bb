namespace Pixelis.Online;

/// <summary>
/// Each voter counts one, whatever is known of it; a neighbour that is not to be relied on at all (too far, confidence 0) counts none.
/// Confidence is n(answer) / (n + <see cref="VoteWeights.Unsaid"/>). Ties go by summed reliability, then to the agent's own answer, then by
/// spelling.
/// </summary>
/// <param name="weights">What reliability is made of; null for the defaults.</param>
public sealed class MajorityVote(VoteWeights? weights = null) : IVotingRule
{
    private readonly VoteWeights _weights = (weights ?? new VoteWeights()).Validated();

    /// <inheritdoc />
    public string Name => "majority";

    /// <inheritdoc />
    public ConsensusResult Decide(IReadOnlyList<Ballot> ballots, AnswerSpace space)
    {
        Vote[] votes = VoteCount.Read(ballots, space, _weights, v => v.Ballot.Source == VoteSource.Own || v.Reliability > 0 ? 1 : 0);
        return VoteCount.Of(Name, votes, space, all => all + _weights.Unsaid);
    }
}
