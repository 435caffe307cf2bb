using Pixelis.Rewards;

namespace Pixelis.Testing.Tests;

/// <summary>A user's own reward inherits the suite as a user would.</summary>
public class BrevityRewardTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new BrevityReward();

    private sealed class BrevityReward : IRewardFunction
    {
        public string Name => "brevity";

        public RewardRange Range => RewardRange.Unit;

        public IReadOnlyList<RewardBreakdown> Score(RewardGroup group) =>
            [.. group.Episodes.Select(e => RewardBreakdown.Of(Name, 1.0 / (1 + e.Trajectory.Turns.Sum(t => t.Text.Length))))];
    }
}

public class RewardConformanceTests
{
    private static int _scored;

    [Fact]
    public void Each_fault_is_found_by_its_own_test()
    {
        Assert.ThrowsAny<Exception>(new Suite(new Faulty("Careless Reward", (_, _) => Of(0))).The_name_is_short_and_in_lower_case);
        Fails(s => s.The_same_group_gets_the_same_rewards(), (_, _) => Of(Interlocked.Increment(ref _scored) % 97 / 100.0));
        Fails(s => s.Threads_do_not_disturb_each_other(), (_, _) => Of(Interlocked.Increment(ref _scored) % 97 / 100.0));
        Fails(s => s.Every_episode_gets_a_reward_within_the_range(), (_, _) => Of(1.5));
        Fails(s => s.Terms_explain_the_total(), (_, _) => new RewardBreakdown(1, [new RewardTerm("half", 0.5)]));
        Fails(s => s.Terms_explain_the_total(), (_, _) => new RewardBreakdown(null, []));
        Fails(s => s.The_order_of_the_group_does_not_matter(), (_, place) => Of(place / 10.0));
        Fails(s => s.An_empty_episode_gets_a_reward(), (episode, _) => Of(episode.Trajectory.Turns[0].Text.Length > 0 ? 1 : 0));
        Fails(s => s.Small_groups_are_groups(), (episode, _) => Of(episode.Trajectory.Turns[0].Text.Length > 0 ? 1 : 0));
        Fails(s => s.Nothing_is_changed(), (episode, _) =>
        {
            episode.States?.FirstOrDefault()?.AsSpan().Fill(7);
            return Of(0);
        });
    }

    private static void Fails(Action<Suite> test, Func<RewardEpisode, int, RewardBreakdown> score) => Assert.ThrowsAny<Exception>(() => test(new Suite(new Faulty("faulty", score))));

    private static RewardBreakdown Of(double value) => RewardBreakdown.Of("value", value);

    private sealed class Suite(IRewardFunction reward) : RewardConformance
    {
        protected override IRewardFunction CreateReward() => reward;
    }

    private sealed class Faulty(string name, Func<RewardEpisode, int, RewardBreakdown> score) : IRewardFunction
    {
        public string Name => name;

        public RewardRange Range => RewardRange.Unit;

        public IReadOnlyList<RewardBreakdown> Score(RewardGroup group) => [.. group.Episodes.Select(score)];
    }
}
