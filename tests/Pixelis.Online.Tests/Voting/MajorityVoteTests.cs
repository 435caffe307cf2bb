namespace Pixelis.Online.Tests.Voting;

public class MajorityVoteTests
{
    private static readonly MajorityVote Rule = new();

    [Fact]
    public void Each_voter_counts_one()
    {
        ConsensusResult result = Rule.Decide([.. Ballots.Own("cat", "Cat.", "dog"), Ballots.Neighbor(1, "the cat"), Ballots.Neighbor(2, "bird")], AnswerSpace.Open);
        Assert.Equal(("cat", "cat"), (result.Answer, result.Form));
        Assert.Equal((3 / 5.0, 3 / 5.5, 5.0), (result.MajorityRatio, result.Confidence, result.EffectiveVotes));
        Assert.Equal((3, false, 2 / 3.0), (result.DistinctAnswers, result.OwnAnswersAgree, result.OwnSupport));
        Assert.Equal(VotingForm.Version, result.FormVersion);
        Assert.Equal(5, result.Votes.Count);
        Assert.All(result.Votes, v => Assert.NotEmpty(v.Reason));
    }

    [Fact]
    public void One_vote_is_not_sure()
    {
        Assert.Equal(1 / 1.5, Rule.Decide(Ballots.Own("cat"), AnswerSpace.Open).Confidence, 1e-12);
        Assert.True(Rule.Decide(Ballots.Own("cat"), AnswerSpace.Open).Confidence < 0.7);
    }

    [Fact]
    public void Own_episodes_without_an_answer_count_against_and_neighbours_not_at_all()
    {
        ConsensusResult result = Rule.Decide([.. Ballots.Own("cat", "", null, " "), Ballots.Neighbor(1, ""), Ballots.Neighbor(2, "cat")], AnswerSpace.Open);
        Assert.Equal(("cat", 2 / 5.0, 2 / 5.5), (result.Answer, result.MajorityRatio, result.Confidence));
        Assert.Equal("own episode 1 gave no answer, which counts against every answer", result.Votes[1].Reason);
        Assert.Equal("neighbour 1 has no vote: it has no answer", result.Votes[4].Reason);
    }

    [Fact]
    public void No_answer_at_all_is_none()
    {
        foreach (Ballot[] ballots in new Ballot[][] { [], Ballots.Own("", null, "...") })
        {
            ConsensusResult result = Rule.Decide(ballots, AnswerSpace.YesNo);
            Assert.Equal((null, null, 0.0, 0.0, 0), (result.Answer, result.Form, result.Confidence, result.MajorityRatio, result.DistinctAnswers));
            Assert.Equal((false, 0.0), (result.OwnAnswersAgree, result.OwnSupport));
        }
    }

    [Fact]
    public void A_tie_goes_by_reliability_then_to_the_own_answer_then_by_spelling()
    {
        Ballot near = Ballots.Neighbor(1, "zebra") with { Similarity = 1, LabelSource = LabelSource.Person, Confidence = 1 };
        Assert.Equal("zebra", Rule.Decide([near, Ballot.Own(0, "ape", 0.2)], AnswerSpace.Open).Answer); // more reliable: 5/6
        Ballot equal = Ballots.Neighbor(1, "ape");
        Assert.Equal("zebra", Rule.Decide([equal, Ballot.Own(0, "zebra", 0.225)], AnswerSpace.Open).Answer); // its own
        Assert.Equal("ape", Rule.Decide(Ballots.Own("zebra", "ape"), AnswerSpace.Open).Answer); // nothing else tells them apart
        Assert.Equal("ape", Rule.Decide(Ballots.Own("ape", "zebra"), AnswerSpace.Open).Answer);
    }

    [Fact]
    public void The_own_episodes_spelling_is_given_and_among_them_the_commonest()
    {
        Ballot[] neighbors = [.. Enumerable.Range(0, 5).Select(i => Ballots.Neighbor(i, "0.5"))];
        Assert.Equal("50 %", Rule.Decide([.. Ballots.Own("1/2", "50 %", "50 %"), .. neighbors], AnswerSpace.Open).Answer);
    }

    [Fact]
    public void A_neighbour_that_is_too_far_has_no_vote() => Assert.Equal(
        "cat", Rule.Decide([Ballot.Own(0, "cat"), Ballots.Neighbor(1, "dog") with { Similarity = 0.4 }, Ballots.Neighbor(2, "dog") with { Similarity = 0.4 }], AnswerSpace.Open).Answer);
}
