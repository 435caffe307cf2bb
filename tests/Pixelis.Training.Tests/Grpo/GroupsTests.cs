using System.Text.Json;
using Pixelis.Training.Grpo;

namespace Pixelis.Training.Tests.Grpo;

public class GroupsTests
{
    private static readonly GroupAdvantages Varied = Advantages.Of([GroupRewards.Of(0, 1)], new AdvantageOptions())[0];
    private static readonly GroupAdvantages Uniform = Advantages.Of([GroupRewards.Of(1, 1)], new AdvantageOptions())[0];

    [Fact]
    public void Dynamic_sampling_goes_on_until_the_batch_is_full()
    {
        var sampling = new DynamicSampling<string>(wanted: 3, maxRounds: 4);
        Assert.Equal((true, 3), (sampling.NeedsMore, sampling.Missing));
        sampling.Add([("a", Varied), ("b", Uniform), ("c", Varied)]);
        Assert.Equal((true, 1, 1), (sampling.NeedsMore, sampling.Missing, sampling.Dropped));
        sampling.Add([("d", Uniform), ("e", Varied), ("f", Varied)]);
        Assert.Equal((false, true, 0, 2), (sampling.NeedsMore, sampling.IsFull, sampling.Missing, sampling.Rounds));
        Assert.Equal(["a", "c", "e"], sampling.Groups);
    }

    [Fact]
    public void Dynamic_sampling_keeps_what_it_found_when_the_rounds_are_spent()
    {
        var sampling = new DynamicSampling<int>(wanted: 2, maxRounds: 2);
        sampling.Add([(1, Uniform), (2, Varied)]);
        sampling.Add([(3, Uniform)]);
        Assert.False(sampling.NeedsMore);
        Assert.False(sampling.IsFull);
        Assert.Equal([2], sampling.Groups);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DynamicSampling<int>(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DynamicSampling<int>(1, 0));
    }

    [Fact]
    public void Replay_is_first_in_first_out_and_fills_a_batch_up()
    {
        var replay = new SelectiveSampleReplay<int>(capacity: 3);
        Assert.Empty(replay.Draw(5));
        Assert.Equal([1, 2], replay.Fill([new(1, 0.5), new(2, -0.5)], wanted: 2));
        Assert.Equal([3, 4], replay.Fill([new(3, 1), new(4, 1), new(5, 1)], wanted: 2)); // the third waits
        Assert.Equal([3, 4, 5], replay.State.Entries.Select(e => e.Item));
        IReadOnlyList<int> filled = replay.Fill([new(6, 1)], wanted: 4);
        Assert.Equal((4, 6), (filled.Count, filled[0]));
        Assert.Subset(new HashSet<int> { 4, 5, 6 }, filled.ToHashSet());
        Assert.False(replay.Add(7, double.NaN));
        Assert.Equal(3, replay.Count);
    }

    [Fact]
    public void Samples_are_drawn_in_proportion_to_their_advantage()
    {
        var replay = new SelectiveSampleReplay<int>(10, seed: 7);
        double[] advantages = [0, 0.5, -1.5, 0.001];
        for (int i = 0; i < advantages.Length; i++)
            Assert.True(replay.Add(i, advantages[i]));
        const int draws = 200_000;
        int[] counts = new int[4];
        foreach (int item in replay.Draw(draws))
            counts[item]++;
        double sum = advantages.Sum(a => Math.Abs(a) + 1e-4);
        // Chi-square with three degrees of freedom: above 16.27 once in a thousand seeds.
        double chi = Enumerable.Range(0, 4).Sum(i =>
        {
            double expected = draws * (Math.Abs(advantages[i]) + 1e-4) / sum;
            return (counts[i] - expected) * (counts[i] - expected) / expected;
        });
        Assert.InRange(chi, 0, 16.27);
        Assert.InRange(counts[0], 1, 40); // 1e-4 of about 2: ten are expected
    }

    [Fact]
    public void A_written_state_goes_on_exactly()
    {
        SelectiveSampleReplay<string> one = New(3);
        _ = one.Draw(5);
        string json = JsonSerializer.Serialize(one.State);
        var other = new SelectiveSampleReplay<string>(4, seed: 3) { State = JsonSerializer.Deserialize<ReplayState<string>>(json)! };
        Assert.Equal(one.Fill([new("d", 2)], 20), other.Fill([new("d", 2)], 20));
        Assert.NotEqual(New(3).Draw(20), New(4).Draw(20));
        Assert.Equal(New(3).Draw(20), New(3).Draw(20));
        Assert.Contains("at most 2", Assert.Throws<ArgumentException>(() => new SelectiveSampleReplay<string>(2) { State = one.State }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SelectiveSampleReplay<string>(2) { State = new ReplayState<string>([new("x", double.NaN)], 0) });

        static SelectiveSampleReplay<string> New(ulong seed)
        {
            var replay = new SelectiveSampleReplay<string>(4, seed);
            Assert.True(replay.Add("a", 1) && replay.Add("b", -2) && replay.Add("c", 0.5));
            return replay;
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(80, 0)]
    [InlineData(81, -0.05)]
    [InlineData(90, -0.5)]
    [InlineData(100, -1)]
    [InlineData(150, -1)]
    public void Long_completions_are_punished_over_the_last_stretch(int length, double expected)
    {
        Assert.Equal(expected, new OverlongShaping(100, 20).Penalty(length), 1e-12);
        Assert.Equal(0.5 * expected, new OverlongShaping(100, 20, 0.5).Penalty(length), 1e-12);
    }

    [Fact]
    public void Shaping_that_cannot_work_is_refused()
    {
        Assert.Throws<PixelisException>(new OverlongShaping(100, 0).Validate);
        Assert.Throws<PixelisException>(new OverlongShaping(100, 101).Validate);
        Assert.Throws<PixelisException>(new OverlongShaping(100, 10, -1).Validate);
    }

    [Fact]
    public void The_papers_presets_say_what_the_papers_say()
    {
        foreach (GrpoObjective objective in new[] { GrpoObjective.PixelReasoner, GrpoObjective.DeepSeekMath, GrpoObjective.Dapo, GrpoObjective.Gspo, GrpoObjective.Cispo, GrpoObjective.DrGrpo(1024) })
            objective.Validate();
        GrpoObjective reasoner = GrpoObjective.PixelReasoner;
        Assert.Equal(
            (AdvantageKind.Mean, PolicyLossKind.Dapo, 0.2, 0.35, false, 0.0, ZeroVariancePolicy.Replay),
            (reasoner.Advantages.Kind, reasoner.Loss.Kind, reasoner.Loss.EpsilonLow, reasoner.Loss.EpsilonHigh, reasoner.Loss.Kl.IsUsed, reasoner.Loss.EntropyCoefficient, reasoner.ZeroVariance));
        Assert.Throws<PixelisException>(GrpoObjective.DrGrpo(0).Validate);
    }
}
