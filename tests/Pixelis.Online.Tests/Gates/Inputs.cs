namespace Pixelis.Online.Tests.Gates;

/// <summary>What gates look at.</summary>
internal static class Inputs
{
    /// <summary>A majority of own episodes: so many for the answer, so many each for another one.</summary>
    public static ConsensusResult Vote(int agree, int differ, AnswerSpace? space = null) => new MajorityVote().Decide(
        [.. Enumerable.Range(0, agree + differ).Select(i => Ballot.Own(i, i < agree ? "yes" : "no"))], space ?? AnswerSpace.Open);

    public static GateInput Of(ConsensusResult consensus) => new() { Consensus = consensus, Experiences = 1_000, Nearest = 0.8, NearestLearnt = 0.7 };
}
