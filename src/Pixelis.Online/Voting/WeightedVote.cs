namespace Pixelis.Online;

/// <summary>
/// Each voter counts what it is to be relied on: an own episode its confidence; a neighbour confidence x similarity x success x age x label
/// (<see cref="VoteWeights"/>). Confidence is W(answer) / (W + <see cref="VoteWeights.Unsaid"/>). Ties go to the agent's own answer, then by
/// spelling.
/// </summary>
/// <param name="weights">What reliability is made of; null for the defaults.</param>
public sealed class WeightedVote(VoteWeights? weights = null) : IVotingRule
{
    private readonly VoteWeights _weights = (weights ?? new VoteWeights()).Validated();

    /// <inheritdoc />
    public string Name => "weighted";

    /// <inheritdoc />
    public ConsensusResult Decide(IReadOnlyList<Ballot> ballots, AnswerSpace space) =>
        VoteCount.Of(Name, VoteCount.Read(ballots, space, _weights, v => v.Reliability), space, all => all + _weights.Unsaid);
}
