using FsCheck;
using FsCheck.Fluent;
using Pixelis.Data;
using Pixelis.Rewards;
using Pixelis.Trajectories;
using Xunit;

namespace Pixelis.Testing;

/// <summary>
/// What every reward must hold, whoever wrote it: inherit it and make the reward; xunit then runs all of it on generated groups of
/// episodes, good and bad.
/// </summary>
public abstract class RewardConformance
{
    /// <summary>Makes the reward under test.</summary>
    protected abstract IRewardFunction CreateReward();

    /// <summary>Length of the state embeddings of generated episodes.</summary>
    protected virtual int StateSize => 4;

    /// <summary>How far two rewards may differ that should be the same: more than rounding only where a matrix product is involved.</summary>
    protected virtual double Tolerance => 1e-9;

    /// <summary>Generated groups a property is tried on.</summary>
    protected virtual int Groups => 100;

    /// <summary>A name that logs can keep it by.</summary>
    [Fact]
    public void The_name_is_short_and_in_lower_case() => Assert.Matches("^[a-z][a-z0-9_]{0,39}$", CreateReward().Name);

    /// <summary>Scoring twice, also by two instances, gives the same breakdowns.</summary>
    [Fact]
    public void The_same_group_gets_the_same_rewards() => ForAll((reward, group) =>
    {
        IReadOnlyList<RewardBreakdown> first = reward.Score(group);
        AssertSame(first, reward.Score(group), 0);
        AssertSame(first, CreateReward().Score(group), 0);
    });

    /// <summary>One breakdown an episode, each within the range; no episodes, no breakdowns.</summary>
    [Fact]
    public void Every_episode_gets_a_reward_within_the_range()
    {
        Assert.True(CreateReward().Range is var range && range.Least <= range.Most);
        ForAll((reward, group) =>
        {
            IReadOnlyList<RewardBreakdown> rewards = reward.Score(group);
            Assert.Equal(group.Episodes.Count, rewards.Count);
            Assert.All(rewards, r => Assert.True(r.Total is not { } total || (double.IsFinite(total) && reward.Range.Contains(total)), $"{r.Total} of {reward.Range}"));
        });
    }

    /// <summary>Terms add up to the total, and a reward that was not measured says why.</summary>
    [Fact]
    public void Terms_explain_the_total() => ForAll((reward, group) =>
    {
        foreach ((RewardBreakdown breakdown, RewardEpisode episode) in reward.Score(group).Zip(group.Episodes))
        {
            if (breakdown.Total is { } total)
                Assert.Equal(total, breakdown.Terms.Sum(t => t.Value), 1e-9);
            else
                Assert.Contains(breakdown.Terms, t => !string.IsNullOrWhiteSpace(t.Reason));
            Assert.All(breakdown.Terms, t => Assert.Matches("^[a-z][a-z0-9_.]*$", t.Name));
            Assert.All(breakdown.Terms, t => Assert.True(t.Turn is not { } turn || (turn >= 0 && turn < episode.Trajectory.Turns.Count), $"turn {t.Turn}"));
            Assert.All(breakdown.ToLog(), entry => Assert.True(double.IsFinite(entry.Value), entry.Key));
        }
    });

    /// <summary>Episodes in another order get their own rewards in that order.</summary>
    [Fact]
    public void The_order_of_the_group_does_not_matter() => ForAll((reward, group) =>
    {
        IReadOnlyList<RewardBreakdown> rewards = reward.Score(group);
        AssertSame([.. rewards.Reverse()], reward.Score(group with { Episodes = [.. group.Episodes.Reverse()] }), Tolerance);
        AssertSame(
            [.. rewards.Skip(1), .. rewards.Take(1)],
            reward.Score(group with { Episodes = [.. group.Episodes.Skip(1), .. group.Episodes.Take(1)] }), Tolerance);
    });

    /// <summary>No turns, no answer, no states: a reward all the same.</summary>
    [Fact]
    public void An_empty_episode_gets_a_reward()
    {
        var nothing = new Trajectory { Id = "empty", Model = "model", Question = "", EndReason = EndReason.Failed };
        foreach (IReadOnlyList<float[]>? states in new IReadOnlyList<float[]>?[] { null, [] })
            Assert.Single(CreateReward().Score(new RewardGroup(Task, [new RewardEpisode(nothing) { States = states }])));
    }

    /// <summary>A group of one, and a group of none.</summary>
    [Fact]
    public void Small_groups_are_groups()
    {
        Assert.Empty(CreateReward().Score(new RewardGroup(Task, [])));
        ForAll((reward, group) =>
        {
            foreach (RewardEpisode episode in group.Episodes)
                Assert.Single(reward.Score(group with { Episodes = [episode] }));
        });
    }

    /// <summary>Trajectories and states are as they were.</summary>
    [Fact]
    public void Nothing_is_changed() => ForAll((reward, group) =>
    {
        string before = Written(group);
        reward.Score(group);
        Assert.Equal(before, Written(group));
    });

    /// <summary>Four threads at once get what one gets.</summary>
    [Fact]
    public void Threads_do_not_disturb_each_other()
    {
        IRewardFunction reward = CreateReward();
        RewardGroup[] groups = [.. GeneratedGroups.Of(StateSize).Sample(8, 40).Where(g => g.Episodes.Count > 0)];
        IReadOnlyList<RewardBreakdown>[] alone = [.. groups.Select(reward.Score)];
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            for (int i = 0; i < groups.Length; i++)
                AssertSame(alone[i], reward.Score(groups[i]), 0);
        });
    }

    /// <summary>Tries a property on generated groups.</summary>
    protected void ForAll(Action<IRewardFunction, RewardGroup> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        IRewardFunction reward = CreateReward();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Groups), Prop.ForAll(GeneratedGroups.Of(StateSize).ToArbitrary(), group => property(reward, group)));
    }

    private static Example Task { get; } = new() { Id = "task", Question = "What is it?", Answer = "7" };

    private static void AssertSame(IReadOnlyList<RewardBreakdown> expected, IReadOnlyList<RewardBreakdown> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((RewardBreakdown first, RewardBreakdown second) in expected.Zip(actual))
        {
            Assert.Equal(first.Total is null, second.Total is null);
            Assert.Equal(first.Total ?? 0, second.Total ?? 0, tolerance);
            Assert.Equal(first.Terms.Select(t => (t.Name, t.Turn)), second.Terms.Select(t => (t.Name, t.Turn)));
            Assert.All(first.Terms.Zip(second.Terms), pair => Assert.Equal(pair.First.Value, pair.Second.Value, tolerance));
        }
    }

    private static string Written(RewardGroup rewarded) => string.Join(
        '\n',
        from episode in rewarded.Episodes
        let turns = episode.Trajectory.Turns.SelectMany(t => t.Invocations.Select(i => $"{i.Call.Name} {i.Call.Arguments.GetRawText()} {i.IsError}").Prepend(t.Text))
        select $"{episode.Trajectory.Answer} {string.Join(' ', turns)} {string.Join(' ', (episode.States ?? []).SelectMany(s => s))}");
}
