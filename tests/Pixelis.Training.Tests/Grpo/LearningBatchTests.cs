using Pixelis.TestKit;
using Pixelis.Training.Grpo;
using Pixelis.Trajectories;
using static Pixelis.Training.Tests.Grpo.GroupsOfEpisodes;

namespace Pixelis.Training.Tests.Grpo;

/// <summary>Which episodes are learnt from, and with what.</summary>
public class LearningBatchTests
{
    private static readonly GrpoOptions Options = new() { Prompts = 2, Rollouts = new RolloutOptions { GroupSize = 2 } };
    private static readonly ScoredGroup Varied = Group(Episode(1), Episode(0)), Silent = Group(Episode(1), Episode(1));

    [Theory]
    [InlineData(ZeroVariancePolicy.Keep, 4)]
    [InlineData(ZeroVariancePolicy.Drop, 2)]
    [InlineData(ZeroVariancePolicy.Resample, 2)]
    public void Silent_groups_are_kept_or_left_out(ZeroVariancePolicy policy, int count)
    {
        IReadOnlyList<PolicySequence> batch = LearningBatch.Of([Varied, Silent], With(new GrpoObjective { ZeroVariance = policy }), null);
        Assert.Equal(count, batch.Count);
        Assert.Equal([0.5, -0.5], batch.Take(2).Select(s => s.Advantage));
    }

    [Fact]
    public void What_was_cut_off_is_masked_when_asked_and_what_failed_always()
    {
        ScoredGroup group = Group(Episode(1), Episode(0, end: EndReason.TokenLimit), Episode(0, end: EndReason.Failed), Episode(0, end: EndReason.TimeLimit));
        Assert.Equal([false, false, true, true], LearningBatch.Of([group], Options, null).Select(s => s.IsMasked));
        Assert.Equal([false, true, true, true], LearningBatch.Of([group], With(new GrpoObjective { MasksTruncated = true }), null).Select(s => s.IsMasked));
        Assert.Equal([0.5, -0.5, 0, 0], group.Advantages.Values); // the failed ones are no part of the comparison
    }

    [Fact]
    public void Rewards_that_are_not_known_stay_out_of_the_comparison_and_punishments_do_not_make_them_known()
    {
        var objective = new GrpoObjective { Overlong = new OverlongShaping(4, 2) };
        GroupRewards rewards = EpisodeRewards.Of([Episode(1, tokens: 3), Episode(null, tokens: 4), Episode(0, tokens: 1)], objective, 0);
        Assert.Equal([1, null, 0], rewards.Terms[GroupRewards.OnlyTerm]);
        Assert.Equal([-0.5, null, 0], rewards.Terms["overlong"]);
        Assert.Equal([0.25, 0, -0.25], Advantages.Of([rewards], new AdvantageOptions())[0].Values);
    }

    [Fact]
    public void The_pull_to_the_reference_can_be_taken_off_the_reward()
    {
        ScoredEpisode near = Episode(1), far = Episode(1);
        near = near with { Sequence = near.Sequence with { ReferenceLogProbs = near.Sequence.BehaviorLogProbs } };
        far = far with { Sequence = far.Sequence with { ReferenceLogProbs = [.. far.Sequence.BehaviorLogProbs.Select(p => p - 1)] } };
        var objective = new GrpoObjective { Loss = new PolicyLossOptions { Kl = new KlOptions { Form = KlForm.K1, Coefficient = 0.1, Placement = KlPlacement.Reward } } };
        Assert.Equal([0, -0.3], EpisodeRewards.Of([near, far], objective, 0.1).Terms["kl"].Select(v => Math.Round(v!.Value, 6)));
    }

    [Fact]
    public void Replay_fills_up_what_is_missing_from_earlier_steps()
    {
        GrpoOptions options = With(new GrpoObjective { ZeroVariance = ZeroVariancePolicy.Replay });
        var replay = new ReplayPart(options);
        Assert.Equal(2, LearningBatch.Of([Varied, Silent], options, replay.Buffer).Count); // nothing to replay yet
        IReadOnlyList<PolicySequence> second = LearningBatch.Of([Silent, Silent], options, replay.Buffer);
        Assert.Equal(4, second.Count);
        Assert.All(second, s => Assert.Equal((0.5, true), (Math.Abs(s.Advantage), ReferenceEquals(s.OldLogProbs, s.BehaviorLogProbs))));
    }

    [Fact]
    public void Nothing_that_is_masked_is_replayed()
    {
        GrpoOptions options = With(new GrpoObjective { ZeroVariance = ZeroVariancePolicy.Replay, MasksTruncated = true });
        var replay = new ReplayPart(options);
        LearningBatch.Of([Group(Episode(1), Episode(0, end: EndReason.TokenLimit), Episode(0, end: EndReason.Failed))], options, replay.Buffer);
        Assert.Equal(1, replay.Buffer.Count);
    }

    [Fact]
    public void A_checkpoint_holds_replayed_samples_whole()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["c"]);
        GrpoOptions options = With(new GrpoObjective { ZeroVariance = ZeroVariancePolicy.Replay });
        var written = new ReplayPart(options);
        written.Write(folder["c"]);
        new ReplayPart(options).Read(folder["c"]); // an empty one is fine, too
        LearningBatch.Of([Varied, Group(Episode(1, tokens: 5), Episode(0))], options, written.Buffer);
        written.Buffer.Draw(3);
        written.Write(folder["c"]);
        var read = new ReplayPart(options);
        read.Read(folder["c"]);
        Assert.Equal(4, read.Buffer.Count);
        IReadOnlyList<PolicySequence> expected = written.Buffer.Draw(6), found = read.Buffer.Draw(6);
        foreach ((PolicySequence a, PolicySequence b) in expected.Zip(found))
        {
            Assert.Equal(a.Conversation.TokenIds, b.Conversation.TokenIds);
            Assert.Equal(a.Conversation.Provenance, b.Conversation.Provenance);
            Assert.Equal(a.Conversation.Spans, b.Conversation.Spans);
            Assert.Equal(a.BehaviorLogProbs, b.BehaviorLogProbs);
            Assert.Equal(a.OldLogProbs, b.OldLogProbs);
            Assert.Equal(a.Advantage, b.Advantage);
            Assert.Equal(a.Conversation.Visuals[0].Patches.ToArray(), b.Conversation.Visuals[0].Patches.ToArray());
            Assert.Equal((a.Conversation.Visuals[0].Grid, a.Conversation.Visuals[0].ContentKey), (b.Conversation.Visuals[0].Grid, b.Conversation.Visuals[0].ContentKey));
        }
    }

    private static GrpoOptions With(GrpoObjective objective) => Options with { Objective = objective };
}
