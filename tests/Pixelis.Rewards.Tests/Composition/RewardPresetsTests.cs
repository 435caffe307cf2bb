using FsCheck;
using FsCheck.Fluent;
using Pixelis.Data;
using Pixelis.Testing;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Composition;

public class RewardPresetsTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => RewardPresets.PixelBench();

    [Fact]
    public void No_shaping_makes_up_for_a_wrong_answer()
    {
        Assert.Equal(0.15 + 0.08 + 0.05 + 0.5, RewardPresets.PixelBench().ShapingWidth, 1e-12);
        Assert.InRange(RewardPresets.PixelReasoner().ShapingWidth, 0, 0.999);
        Assert.InRange(RewardPresets.PixelReasoner(CuriosityForm.Released).ShapingWidth, 0, 0.999);
        foreach (CompositeReward reward in new[] { RewardPresets.PixelBench(), RewardPresets.PixelReasoner(), RewardPresets.PixelReasoner(CuriosityForm.Released) })
        {
            int compared = 0;
            Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(GeneratedGroups.Of(4).ToArbitrary(), group =>
            {
                // Whatever else they did, every other episode is right.
                RewardEpisode[] episodes = [.. group.Episodes.Select((e, i) => new RewardEpisode(e.Trajectory with { Answer = i % 2 == 0 ? group.Example.Answer : "none" }))];
                (double Task, double Total)[] rewards = [.. reward.Score(group with { Episodes = episodes }).Where(r => r.Total is not null).Select(r => (r.Parts["task"].Total!.Value, r.Total!.Value))];
                double right = rewards.Where(r => r.Task == 1).Select(r => r.Total).DefaultIfEmpty(double.MaxValue).Min();
                double wrong = rewards.Where(r => r.Task == 0).Select(r => r.Total).DefaultIfEmpty(double.MinValue).Max();
                Assert.True(right > wrong, $"right {right}, wrong {wrong}");
                compared += right < double.MaxValue && wrong > double.MinValue ? 1 : 0;
            }));
            Assert.True(compared > 100, $"{compared} groups held right and wrong answers");
        }
    }

    [Fact]
    public void With_a_module_the_bound_still_holds()
    {
        using var module = new CuriosityModule(new CuriosityOptions { StateSize = 4 });
        using var generous = new CuriosityModule(new CuriosityOptions { StateSize = 4, MostReward = 20 });
        Assert.Equal(0.88, RewardPresets.PixelBench(module).ShapingWidth, 1e-12);
        Assert.Equal(0.88, RewardPresets.PixelBench(generous).ShapingWidth, 1e-12);
    }

    [Fact]
    public void Pixel_reasoners_reward_is_the_papers_sum()
    {
        // r = acc + 0.5 * 1[n > 0] * max(0.3 - 1/8, 0) + 0.05 * min(1 - n, 0), n = 3, right.
        Trajectory looked = Episodes.Of("7", Episodes.Zoom(0, 0), Episodes.Zoom(50, 0), Episodes.Zoom(90, 0)), guessed = Episodes.Of("8");
        double[] rewards = Episodes.Totals(RewardPresets.PixelReasoner(), Episodes.Group(Episodes.Example("7"), [looked, .. Enumerable.Repeat(guessed, 7)]));
        Assert.Equal(1 + 0.0875 - 0.1, rewards[0], 1e-12);
        Assert.All(rewards.Skip(1), r => Assert.Equal(0, r));
    }

    [Fact]
    public void Reason_rfts_reward_is_accuracy_and_format()
    {
        Trajectory Turn(string answer) => Episodes.Of($"<think>so</think><answer>{answer}</answer>") with { Answer = answer };
        Assert.Equal([2, 1, 1], Episodes.Totals(RewardPresets.ReasonRft(), Episodes.Group(Episodes.Example("7"), Turn("7"), Turn("8"), Episodes.Of("7"))));
    }

    [Fact]
    public async System.Threading.Tasks.Task The_straight_way_through_every_family_is_worth_more_than_a_guess()
    {
        await using var traces = new TraceFactory();
        var generator = new PixelBenchGenerator();
        foreach (PixelBenchFamily family in Enum.GetValues<PixelBenchFamily>())
        {
            Example example = generator.Create(family, 1, 0);
            Trajectory straight = (await traces.PositiveAsync(example)).Trajectory;
            RewardGroup group = Episodes.Group(example, [straight, .. Enumerable.Repeat(Episodes.Of("a guess"), 7)]);
            IReadOnlyList<RewardBreakdown> rewards = RewardPresets.PixelBench().Score(group);
            Assert.True(rewards[0].Parts["task"].Total == 1, $"{family}: {straight.Answer}");
            Assert.InRange(rewards[0].Total!.Value, 0.9, 1.25);
            Assert.All(rewards[0].Parts["coherence"].Terms, t => Assert.True(t.Value >= 0, $"{family}: {t}"));
            Assert.All(rewards[0].Parts["tool_use"].Terms, t => Assert.Equal("excess", t.Name));
        }
    }
}
