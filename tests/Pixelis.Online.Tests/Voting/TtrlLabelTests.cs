using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Online.Tests.Voting;

public class TtrlLabelTests
{
    [Fact]
    public void The_commonest_of_64_is_the_label_and_32_are_trained()
    {
        string[] answers = [.. Enumerable.Range(0, 64).Select(i => i % 4 == 0 ? "0.5" : i % 4 == 1 ? "1/2" : $"{i}")];
        TtrlLabel label = TtrlLabel.Of(answers); // as strings, sixteen and sixteen
        Assert.Equal(("0.5", 0.5, 32), (label.Form, label.MajorityRatio, label.Trained));
        Assert.Equal([1, 1, 0, 0, 1, 1, 0, 0], label.Rewards.Take(8));
    }

    [Fact]
    public void A_lucky_hit_rewards_rightly_by_a_wrong_label()
    {
        TtrlLabel label = TtrlLabel.Of(["8", "8", "1", "2", "3", "4", "5", "7"], trained: 4);
        TtrlMetrics metrics = TtrlMetrics.Of(label, "7");
        Assert.Equal(new TtrlMetrics(LabelAccuracy: 0, RewardAccuracy: 5 / 8.0, MajorityRatio: 2 / 8.0, GroundTruthRatio: 1 / 8.0, MajorityVotingReward: 2 / 8.0, PassAtN: 1), metrics);
        TtrlMetrics trained = TtrlMetrics.OfTrained(label, "7"); // 8 8 1 2
        Assert.Equal(new TtrlMetrics(LabelAccuracy: 0, RewardAccuracy: 2 / 4.0, MajorityRatio: 2 / 8.0, GroundTruthRatio: 0, MajorityVotingReward: 2 / 4.0, PassAtN: 0), trained);
    }

    [Fact]
    public void With_two_answers_a_wrong_label_is_never_lucky()
    {
        TtrlLabel label = TtrlLabel.Of(["yes", "Yes.", "no", "yes, it is"], space: AnswerSpace.YesNo);
        Assert.Equal((0.0, 0.0), (TtrlMetrics.Of(label, "no").LabelAccuracy, TtrlMetrics.Of(label, "no").RewardAccuracy));
        Assert.Equal((1.0, 1.0), (TtrlMetrics.Of(label, "yes").LabelAccuracy, TtrlMetrics.Of(label, "yes").RewardAccuracy));
    }

    [Fact]
    public void Blanks_are_no_label_and_get_nothing()
    {
        TtrlLabel label = TtrlLabel.Of(["", null, " ", "7"]);
        Assert.Equal(("7", 0.25), (label.Answer, label.MajorityRatio));
        Assert.Equal([0, 0, 0, 1], label.Rewards);
        TtrlLabel none = TtrlLabel.Of(["", null]);
        Assert.Equal((null, 0.0), (none.Answer, none.MajorityRatio));
        Assert.Equal((0.0, 1.0, 0.0), (TtrlMetrics.Of(none, "7").LabelAccuracy, TtrlMetrics.Of(none, "7").RewardAccuracy, TtrlMetrics.Of(none, "7").PassAtN));
    }

    [Fact]
    public void The_order_of_answers_does_not_count_for_the_label() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
        (from count in Gen.Choose(1, 12) from answers in Gen.Elements("1", "2", "3", "", "4/2").ArrayOf(count) from seed in Gen.Choose(0, 9999) select (answers, seed)).ToArbitrary(),
        c =>
        {
            string[] mixed = [.. c.answers];
            new Random(c.seed).Shuffle(mixed);
            Assert.Equal(TtrlLabel.Of(c.answers).Form, TtrlLabel.Of(mixed).Form);
            TtrlMetrics metrics = TtrlMetrics.Of(TtrlLabel.Of(c.answers), "2");
            Assert.All(new[] { metrics.LabelAccuracy, metrics.RewardAccuracy, metrics.MajorityRatio, metrics.GroundTruthRatio, metrics.PassAtN }, m => Assert.InRange(m, 0, 1));
            Assert.Equal(metrics.MajorityRatio, metrics.MajorityVotingReward, 1e-12);
            Assert.True(metrics.LabelAccuracy <= metrics.PassAtN);
        }));

    [Fact]
    public void More_trained_than_voted_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TtrlLabel.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TtrlLabel.Of(["1"], trained: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TtrlLabel.Of(["1"], trained: 0));
        Assert.Throws<ArgumentException>(() => TtrlMetrics.Of(TtrlLabel.Of(["1"]), " "));
    }
}
