namespace Pixelis.Online.Tests.Voting;

public class WeightedVoteTests
{
    private static readonly WeightedVote Rule = new();

    [Fact]
    public void A_neighbours_weight_is_the_product_of_its_terms()
    {
        Vote vote = Assert.Single(Rule.Decide([Ballots.Neighbor(3, "cat")], AnswerSpace.Open).Votes);
        Assert.Equal(["confidence", "similarity", "success", "age", "label"], vote.Terms.Select(t => t.Name));
        double[] expected = [0.9, 0.6, 5.0 / 6, 0.5, 1]; // (0.8 - 0.5)/0.5; 0.5 + 0.5 (3 + 1)/(4 + 2); one half-life
        Assert.All(vote.Terms.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Value, 1e-12));
        Assert.Equal(0.225, vote.Weight, 1e-12);
        Assert.Equal("neighbour 3, labelled by a vote: confidence 0.9 x similarity 0.6 x success 0.833 x age 0.5 x label 1", vote.Reason);
    }

    [Fact]
    public void Weights_add_up_to_shares_and_confidence()
    {
        ConsensusResult result = Rule.Decide([Ballot.Own(0, "cat", 0.6), Ballots.Neighbor(1, "dog"), Ballots.Neighbor(2, "a dog")], AnswerSpace.Open);
        Assert.Equal("cat", result.Answer);
        Assert.Equal(0.6 / 1.05, result.MajorityRatio, 1e-12);
        Assert.Equal(0.6 / 1.55, result.Confidence, 1e-12); // 0.5 for what nobody said
        Assert.Equal(1.05 * 1.05 / (0.36 + (2 * 0.050625)), result.EffectiveVotes, 1e-12);
        Assert.Equal((2, 1.0, true), (result.DistinctAnswers, result.OwnSupport, result.OwnAnswersAgree));
        Assert.Equal(("dog", 2, 0.45), (result.Tallies[1].Form, result.Tallies[1].Votes, Math.Round(result.Tallies[1].Weight, 12)));
    }

    [Fact]
    public void Four_of_five_agreeing_at_090_reach_the_gate_that_the_first_design_missed()
    {
        Ballot[] ballots = [.. new[] { "cat", "cat", "cat", "cat", "dog" }.Select((a, i) => Ballot.Own(i, a, 0.9))];
        Assert.Equal(3.6 / 5, Rule.Decide(ballots, AnswerSpace.Open).Confidence, 1e-12);
    }

    [Fact]
    public void More_agreement_never_makes_it_less_sure()
    {
        double before = 0;
        for (int percent = 1; percent <= 100; percent++) // the first design fell from 0.80 to 0.60 of the share at an agreement of 0.3
        {
            double confidence = Rule.Decide([Ballot.Own(0, "cat", percent / 100.0), Ballot.Own(1, "dog", 0.005)], AnswerSpace.Open).Confidence;
            Assert.True(confidence > before, $"at {percent} %");
            before = confidence;
        }
    }

    [Fact]
    public void The_nearer_neighbour_weighs_more_and_a_far_one_nothing()
    {
        ConsensusResult result = Rule.Decide(
            [Ballots.Neighbor(1, "dog"), Ballots.Neighbor(2, "cat") with { Similarity = 0.9 }, Ballots.Neighbor(3, "dog") with { Similarity = 0.5 }], AnswerSpace.Open);
        Assert.Equal("cat", result.Answer);
        Assert.Equal(0, result.Votes[2].Weight);
        Assert.Equal([(1, false), (2, true)], result.NeighborUses);
        Assert.Contains("has no vote", result.Votes[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_persons_label_does_not_age_and_an_unlabelled_answer_weighs_half()
    {
        Ballot person = Ballots.Neighbor(1, "cat") with { LabelSource = LabelSource.Person, Age = TimeSpan.FromDays(3000) };
        Ballot unlabelled = Ballots.Neighbor(2, "cat") with { LabelSource = LabelSource.None };
        IReadOnlyList<Vote> votes = Rule.Decide([person, unlabelled], AnswerSpace.Open).Votes;
        Assert.Equal(0.45, votes[0].Weight, 1e-12);
        Assert.Equal(0.1125, votes[1].Weight, 1e-12);
    }

    [Fact]
    public void A_neighbour_votes_with_its_label_and_a_rejected_one_not_at_all()
    {
        Assert.Equal("right", Ballot.Of(new Neighbor(Ballots.Experience("right", LabelSource.Vote), 0.9), Ballots.Now).Answer);
        Assert.Equal("own", Ballot.Of(new Neighbor(Ballots.Experience(null, LabelSource.None), 0.9), Ballots.Now).Answer);
        Ballot rejected = Ballot.Of(new Neighbor(Ballots.Experience(null, LabelSource.Person), 1.0000001), Ballots.Now);
        Assert.Equal((7, 1.0, TimeSpan.FromDays(2), 3, 1), (rejected.Number, rejected.Similarity, rejected.Age, rejected.Uses, rejected.Successes));
        Vote vote = Assert.Single(Rule.Decide([rejected], AnswerSpace.Open).Votes);
        Assert.Equal((0.0, "neighbour 7 has no vote: a person rejected it"), (vote.Weight, vote.Reason));
    }

    [Fact]
    public void Numbers_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ballot.Own(0, "a", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ballot.Own(0, "a", 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ballots.Neighbor(0, "a") with { Similarity = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedVote(new VoteWeights { AgeHalfLife = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WeightedVote(new VoteWeights { SimilarityFloor = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MajorityVote(new VoteWeights { Unsaid = 0 }));
        Assert.Throws<ArgumentException>(() => Rule.Decide([Ballot.Own(0, "a"), Ballot.Own(0, "b")], AnswerSpace.Open));
    }
}
