namespace Pixelis.Online.Tests.Gates;

public class MajorityGateTests
{
    private static readonly MajorityGate Gate = new();

    [Theory]
    [InlineData(5, 2, null)] // 2 / 32 = 0.0625
    [InlineData(6, 2, 6)] // 2 / 64 = 0.031; five: 2 x 7 / 64
    [InlineData(10, 2, 9)] // 2 x 11 / 1024 = 0.021; eight: 2 x 56 / 1024
    [InlineData(64, 2, 41)]
    [InlineData(2, 4, null)] // 4 / 16
    [InlineData(5, 4, 5)] // 4 / 1024; four: 4 x 16 / 1024 = 0.0625
    [InlineData(5, 10, 4)] // three: 10 x 0.00856
    [InlineData(2, 100, 2)] // 100 / 10000
    [InlineData(3, 100, 2)] // 100 x 0.000298
    [InlineData(1, 1000, null)] // some answer always gets one vote
    [InlineData(0, 2, null)]
    public void The_fewer_answers_the_more_votes_it_takes(int votes, int answers, int? required) => Assert.Equal(required, Gate.RequiredVotes(votes, answers));

    [Fact]
    public void The_bound_holds_for_guesses_counted_out()
    {
        // All 4^6 ways in which six can guess among four.
        int[] most = new int[7];
        for (int way = 0; way < 4096; way++)
            most[Enumerable.Range(0, 6).Select(i => (way >> (2 * i)) & 3).GroupBy(a => a).Max(g => g.Count())]++;
        for (int m = 1; m <= 6; m++)
        {
            double chance = most[m..].Sum() / 4096.0, bound = 4 * BinomialTail.AtLeast(m, 6, 0.25);
            Assert.True(chance <= bound + 1e-12, $"{m}: {chance} > {bound}");
            if (m > 3)
                Assert.Equal(chance, bound, 1e-12); // two answers cannot both have more than half
        }
        Assert.Equal(5, Gate.RequiredVotes(6, 4)); // 4 x 19 / 4096 = 0.019; four: 4 x 154 / 4096 = 0.15
    }

    [Fact]
    public void Requirements_fall_with_more_answers()
    {
        for (int votes = 1; votes <= 64; votes++)
        {
            int before = int.MaxValue;
            for (int answers = 2; answers <= 120; answers++)
            {
                int required = Gate.RequiredVotes(votes, answers) ?? int.MaxValue;
                Assert.True(required <= before, $"{votes} votes, {answers} answers: {required} after {before}");
                before = required;
            }
        }
    }

    [Fact]
    public void The_same_votes_pass_for_many_answers_and_not_for_two()
    {
        Assert.True(Gate.Check(Inputs.Of(Inputs.Vote(3, 0))).Passed);
        Assert.True(Gate.Check(Inputs.Of(Inputs.Vote(5, 0, AnswerSpace.SmallCount))).Passed);
        GateResult few = Gate.Check(Inputs.Of(Inputs.Vote(5, 0, AnswerSpace.YesNo)));
        Assert.False(few.Passed);
        Assert.Equal("5 votes are too few for yes or no: guesses could all agree", few.Reason);
        Assert.True(Gate.Check(Inputs.Of(Inputs.Vote(6, 0, AnswerSpace.YesNo))).Passed);
        GateResult split = Gate.Check(Inputs.Of(Inputs.Vote(8, 2, AnswerSpace.YesNo)));
        Assert.Equal((false, 0.8, 0.9), (split.Passed, split.Measured, split.Threshold));
        Assert.True(Gate.Check(Inputs.Of(Inputs.Vote(9, 1, AnswerSpace.YesNo))).Passed);
    }

    [Fact]
    public void A_ratio_below_the_floor_never_passes_unless_there_is_none()
    {
        GateInput scattered = Inputs.Of(Inputs.Vote(4, 6) with { }); // "no" leads with 6
        Assert.True(Gate.Check(scattered).Passed);
        Ballot[] ballots = [.. Enumerable.Range(0, 10).Select(i => Ballot.Own(i, i < 4 ? "x" : $"{i}"))];
        GateInput aime = Inputs.Of(new MajorityVote().Decide(ballots, AnswerSpace.Open));
        GateResult blocked = Gate.Check(aime);
        Assert.Equal((false, 0.4, 0.5), (blocked.Passed, blocked.Measured, blocked.Threshold));
        Assert.True(new MajorityGate(least: 0).Check(aime).Passed);
    }

    [Fact]
    public void Light_votes_do_not_make_a_crowd()
    {
        Ballot[] ballots = [Ballot.Own(0, "yes"), .. Enumerable.Range(1, 9).Select(i => Ballot.Own(i, "yes", 0.001))];
        GateInput input = Inputs.Of(new WeightedVote().Decide(ballots, AnswerSpace.YesNo));
        Assert.InRange(input.Consensus.EffectiveVotes, 1, 1.02);
        Assert.False(Gate.Check(input).Passed);
    }

    [Fact]
    public void No_answer_does_not_pass() => Assert.False(Gate.Check(Inputs.Of(new MajorityVote().Decide([], AnswerSpace.Open))).Passed);
}
