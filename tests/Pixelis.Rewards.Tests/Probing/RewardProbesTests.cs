using System.Text.Json;
using FsCheck.Fluent;
using FsCheck;
using Pixelis.Data;
using Pixelis.Testing;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Probing;

public class RewardProbesTests
{
    [Fact]
    public void The_sample_is_worth_a_right_answer_found_by_looking()
    {
        RewardBreakdown reward = Episodes.Alone(RewardPresets.PixelBench(), RewardProbes.SampleEpisode, RewardProbes.SampleTask);
        Assert.Equal(1 + 0.05 + (0.05 * 0.4) - (3 * 0.05), reward.Total!.Value, 1e-12);
    }

    [Fact]
    public void Under_the_default_reward_only_leaving_calls_out_or_being_the_first_to_call_pays()
    {
        IReadOnlyList<ProbeResult> results = RewardProbes.Run(RewardPresets.PixelBench(), RewardProbes.SampleTask, RewardProbes.SampleEpisode);
        Assert.Equal(
            [("as recorded", "answer_without_looking"), ("without looking", "call_for_nothing"), ("wrong answer", "answer_without_looking")],
            results.Where(r => r.Raises).Select(r => (r.Episode, r.Probe.Name)));
        ProbeResult first = results.Single(r => r.Episode == "without looking" && r.Probe.Name == "call_for_nothing");
        Assert.Equal(("curiosity", 0.0875), (Assert.Single(first.Changes).Key, Math.Round(first.Changes["curiosity"], 12)));
        ProbeResult repeat = results.Single(r => r.Episode == "as recorded" && r.Probe.Name == "repeat_good_pair");
        Assert.Equal((-0.05 * 1) - (2 * 0.05), repeat.After!.Value - repeat.Before!.Value, 1e-12); // both repeats cost 0.5, and two more calls
    }

    [Fact]
    public void A_mean_over_rules_that_fired_is_found_out()
    {
        IReadOnlyList<ProbeResult> results = RewardProbes.Run(new MeanOfRules(), RewardProbes.SampleTask, RewardProbes.SampleEpisode.WithCalls(Episodes.Zoom(0, 0), Episodes.Zoom(50, 50)));
        Assert.Contains(results, r => r.Raises && r.Probe.Name == "repeat_good_pair");
    }

    [Fact]
    public void A_grader_that_looks_for_the_truth_anywhere_is_found_out_by_hedging()
    {
        IReadOnlyList<ProbeResult> results = RewardProbes.Run(new TaskReward(new Contained()), RewardProbes.SampleTask, RewardProbes.SampleEpisode);
        Assert.Contains(results, r => r.Raises && r.Probe.Name == "hedge" && r.Episode == "wrong answer");
        Assert.DoesNotContain(RewardProbes.Run(new TaskReward(), RewardProbes.SampleTask, RewardProbes.SampleEpisode), r => r.Raises);
    }

    [Fact]
    public void A_probe_changes_what_it_says_and_nothing_else()
    {
        Trajectory sample = RewardProbes.SampleEpisode;
        Trajectory Changed(string probe) => RewardProbes.All.Single(p => p.Name == probe).Change(RewardProbes.SampleTask, sample)!;
        Assert.Equal(4, Keys(sample).Distinct().Count());
        Assert.Equal([.. Keys(sample), .. Keys(sample)[..2]], Keys(Changed("repeat_good_pair")));
        Assert.Equal("""SEGMENT_OBJECT_AT {"point_2d":[121,201]}""", Keys(Changed("repeat_pair_moved"))[4]);
        Assert.Equal(Keys(sample), Keys(Changed("pad_with_thoughts")));
        Assert.Empty(Keys(Changed("answer_without_looking")));
        Assert.Equal(2, Changed("answer_without_looking").Turns.Count);
        Assert.Equal(sample.Turns[^1], Changed("call_for_nothing").Turns[^1]);
        Assert.Equal("7 or none of these", Changed("hedge").Turns[^1].Text);

        static string[] Keys(Trajectory t) => [.. EpisodeReader.Calls(t).Select(c => c.Key)];
    }

    [Theory]
    [InlineData("[3, \"\\ud800\"]")]
    [InlineData("{\"a\": [1, \"\\ud800\"]}")]
    [InlineData("{\"a\": 1, \"a\": 2}")]
    [InlineData("{\"bbox_2d\": [1e999, 0, 1, 1]}")]
    public void A_call_whose_arguments_cannot_be_changed_stays_as_it_is(string arguments)
    {
        var call = new ToolInvocation { Call = new ToolCall("ZOOM_IN", JsonDocument.Parse(arguments).RootElement), ResultText = "" };
        Assert.Equal(arguments, call.Moved().Call.Arguments.GetRawText());
    }

    [Fact]
    public void Any_episode_can_be_probed() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(GeneratedGroups.Of(4).ToArbitrary(), group =>
    {
        foreach (RewardEpisode episode in group.Episodes.Take(2))
        {
            IReadOnlyList<ProbeResult> results = RewardProbes.Run(RewardPresets.PixelBench(), group.Example, episode.Trajectory, groupSize: 1);
            Assert.All(results, r => Assert.Equal(r.Before is null, r.After is null));
        }
    }));

    /// <summary>The first design's coherence, which this package does not have: the mean of the rules that fired.</summary>
    private sealed class MeanOfRules : IRewardFunction
    {
        public string Name => "mean_of_rules";

        public RewardRange Range => new(-1, 1);

        public IReadOnlyList<RewardBreakdown> Score(RewardGroup group) => [.. group.Episodes.Select(e =>
        {
            string[] tools = [.. EpisodeReader.Calls(e.Trajectory).Select(c => c.Tool)];
            double[] fired = [.. tools.Zip(tools.Skip(1), Rule).OfType<double>()];
            return RewardBreakdown.Of(Name, fired.DefaultIfEmpty(0).Average());
        })];

        private static double? Rule(string first, string second) => (first, second) switch
        {
            (ToolNames.SegmentObjectAt, ToolNames.GetProperties) or (ToolNames.ZoomIn, ToolNames.ReadText) => 0.2,
            (ToolNames.ZoomIn, ToolNames.ZoomIn) => -0.3,
            _ => null,
        };
    }

    private sealed class Contained : IAnswerGrader
    {
        public string Name => "contained";

        public bool CanGrade(Example example) => true;

        public AnswerGrade Grade(string answer, Example example, Trajectory trajectory) => new(answer.Contains(example.Answer, StringComparison.Ordinal) ? 1 : 0, "");
    }
}
