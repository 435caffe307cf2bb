namespace Pixelis.Online.Tests.Voting;

public class EnsembleVoteTests
{
    [Fact]
    public void Confidence_is_the_mean_of_the_members()
    {
        Ballot[] ballots = [Ballot.Own(0, "cat", 0.6), Ballots.Neighbor(1, "dog"), Ballots.Neighbor(2, "dog")];
        ConsensusResult result = new EnsembleVote().Decide(ballots, AnswerSpace.Open);
        double cat = ((1 / 3.5) + (0.6 / 1.55)) / 2, dog = ((2 / 3.5) + (0.45 / 1.55)) / 2; // majority says dog, weighted cat
        Assert.Equal("dog", result.Answer);
        Assert.Equal(dog, result.Confidence, 1e-12);
        Assert.Equal(cat, result.Tallies[1].Confidence, 1e-12);
        Assert.Equal(dog / (dog + cat), result.MajorityRatio, 1e-12);
        Assert.EndsWith("of the confidence: majority 0.286, weighted 0.387", result.Votes[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Unanimity_of_the_sure_is_at_most_one()
    {
        ConsensusResult result = new EnsembleVote().Decide(Ballots.Own([.. Enumerable.Repeat("cat", 64)]), AnswerSpace.Open);
        Assert.Equal(64 / 64.5, result.Confidence, 1e-12); // the first design's 1.2 for unanimity went beyond 1
        Assert.Equal(1, result.MajorityRatio, 1e-12);
    }

    [Fact]
    public void One_member_alone_is_that_member()
    {
        Ballot[] ballots = [Ballot.Own(0, "cat", 0.6), Ballot.Own(1, ""), Ballots.Neighbor(1, "dog")];
        ConsensusResult one = new WeightedVote().Decide(ballots, AnswerSpace.Open), same = new EnsembleVote([new WeightedVote()]).Decide(ballots, AnswerSpace.Open);
        Assert.Equal((one.Answer, Math.Round(one.Confidence, 12)), (same.Answer, Math.Round(same.Confidence, 12)));
        Assert.Equal(one.MajorityRatio, same.MajorityRatio, 1e-12);
        Assert.Equal(one.EffectiveVotes, same.EffectiveVotes, 1e-9);
        Assert.Throws<ArgumentException>(() => new EnsembleVote([]));
    }

    [Fact]
    public void Where_no_member_has_an_answer_it_has_none() =>
        Assert.Equal((null, 0.0), (new EnsembleVote().Decide(Ballots.Own("", ""), AnswerSpace.Open).Answer, new EnsembleVote().Decide([], AnswerSpace.Open).Confidence));
}
