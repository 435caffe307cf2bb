using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Online.Tests.Voting;

/// <summary>What holds of every rule and any ballots.</summary>
public class VotingRuleProperties
{
    private static readonly IVotingRule[] Rules = [new MajorityVote(), new WeightedVote(), new EnsembleVote()];

    [Fact]
    public void The_order_of_ballots_does_not_count() => Holds((rule, ballots, seed) =>
    {
        Ballot[] mixed = [.. ballots];
        new Random(seed).Shuffle(mixed);
        Assert.Equal(Told(rule.Decide(ballots, AnswerSpace.Open)), Told(rule.Decide(mixed, AnswerSpace.Open)));
    });

    [Fact]
    public void What_says_nothing_never_wins() => Holds((rule, ballots, _) =>
    {
        ConsensusResult result = rule.Decide(ballots, AnswerSpace.Open);
        Assert.Equal(result.Votes.Any(v => v.Form.Length > 0 && v.Weight > 0), result.Answer is not null);
        Assert.All(result.Tallies, t => Assert.False(string.IsNullOrWhiteSpace(t.Form) || string.IsNullOrWhiteSpace(t.Answer)));
        Ballot[] silent = [.. Enumerable.Range(100, 50).Select(i => Ballot.Own(i, i % 2 == 0 ? "" : null))];
        ConsensusResult drowned = rule.Decide([.. ballots, .. silent], AnswerSpace.Open);
        Assert.Equal(result.Answer is null, drowned.Answer is null);
        Assert.True(drowned.Confidence <= result.Confidence);
        if (rule is not EnsembleVote) // silence tells on members unlike, so that another can prevail
            Assert.True(drowned.Form == result.Form && drowned.MajorityRatio <= result.MajorityRatio);
    });

    [Fact]
    public void Measures_stay_in_their_ranges() => Holds((rule, ballots, _) =>
    {
        ConsensusResult result = rule.Decide(ballots, AnswerSpace.Open);
        Assert.InRange(result.Confidence, 0, 1);
        Assert.InRange(result.MajorityRatio, 0, 1);
        Assert.InRange(result.OwnSupport, 0, 1);
        Assert.InRange(result.EffectiveVotes, 0, result.Votes.Count + 1e-9);
        Assert.True(result.Confidence <= result.MajorityRatio + 1e-12);
        Assert.Equal(ballots.Length, result.Votes.Count);
        Assert.All(result.Votes, v => Assert.True(v.Weight >= 0 && v.Reason.Length > 0 && v.Reliability is >= 0 and <= 1));
        Assert.All(result.Tallies.Skip(1), t => Assert.True(t.Weight <= result.Tallies[0].Weight * (1 + 1e-8)));
        Assert.True(result.Tallies.Sum(t => t.Share) <= 1 + 1e-9);
    });

    [Fact]
    public void One_more_own_vote_for_the_winner_keeps_it_and_makes_it_surer() => Holds((rule, ballots, _) =>
    {
        ConsensusResult before = rule.Decide(ballots, AnswerSpace.Open);
        if (before.Answer is null)
            return;
        ConsensusResult after = rule.Decide([.. ballots, Ballot.Own(100, before.Answer)], AnswerSpace.Open);
        Assert.Equal(before.Form, after.Form);
        Assert.True(after.Confidence >= before.Confidence - 1e-12);
    });

    [Fact]
    public void Half_the_confidence_everywhere_keeps_winner_and_share_and_makes_it_less_sure() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Ballots.Any.ToArbitrary(), ballots =>
        {
            var rule = new WeightedVote();
            ConsensusResult whole = rule.Decide(ballots, AnswerSpace.Open);
            ConsensusResult half = rule.Decide([.. ballots.Select(b => b with { Confidence = b.Confidence / 2 })], AnswerSpace.Open);
            Assert.Equal((whole.Form, whole.MajorityRatio), (half.Form, half.MajorityRatio));
            Assert.True(half.Confidence <= whole.Confidence);
            Assert.Equal(whole.EffectiveVotes, half.EffectiveVotes, 1e-9);
        }));

    [Fact]
    public void How_an_answer_is_written_does_not_count() => Holds((rule, ballots, _) =>
    {
        Ballot[] rewritten = [.. ballots.Select(b => b with { Answer = VotingForm.Of(b.Answer) })];
        ConsensusResult one = rule.Decide(ballots, AnswerSpace.Open), other = rule.Decide(rewritten, AnswerSpace.Open);
        Assert.Equal((one.Form, one.Confidence, one.DistinctAnswers), (other.Form, other.Confidence, other.DistinctAnswers));
    });

    private static string Told(ConsensusResult result) => string.Join(
        "\n",
        result.Votes.Select(v => $"{v.Ballot.Source} {v.Ballot.Number} {v.Weight:R} {v.Reason}")
            .Append($"{result.Answer}|{result.Form}|{result.Confidence:R}|{result.MajorityRatio:R}|{result.EffectiveVotes:R}|{result.OwnSupport:R}|{result.OwnAnswersAgree}")
            .Concat(result.Tallies.Select(t => t.ToString())));

    private static void Holds(Action<IVotingRule, Ballot[], int> property)
    {
        var cases = from ballots in Ballots.Any from seed in Gen.Choose(0, 1_000_000) select (ballots, seed);
        foreach (IVotingRule rule in Rules)
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(cases.ToArbitrary(), c => property(rule, c.ballots, c.seed)));
    }
}
