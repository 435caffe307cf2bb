namespace Pixelis.Online;

/// <summary>
/// How votes come to an answer. Implementations are pure and thread-safe; the order of the ballots does not count, and what says nothing
/// never wins.
/// </summary>
public interface IVotingRule
{
    /// <summary>A short name in lower case.</summary>
    string Name { get; }

    /// <summary>Counts.</summary>
    /// <param name="ballots">The answers of the agent's own episodes and of neighbours; none is allowed, and gives no answer.</param>
    /// <param name="space">What can be answered.</param>
    /// <exception cref="ArgumentException">Two ballots of one source have the same number.</exception>
    ConsensusResult Decide(IReadOnlyList<Ballot> ballots, AnswerSpace space);
}
