using Pixelis.Testing;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Coherence;

public class CoherenceRewardTests : RewardConformance
{
    private static readonly CoherenceReward Reward = new();

    protected override IRewardFunction CreateReward() => new CoherenceReward();

    [Fact]
    public void Pairs_that_follow_are_paid_once_each()
    {
        Assert.Equal(0.2, Score(Episodes.Segment(5, 5), Episodes.Measure()), 1e-12);
        Assert.Equal(0.4, Score(Episodes.Segment(5, 5), Episodes.Measure(), Episodes.Zoom(0, 0), Episodes.Read(0, 0)), 1e-12);
        Assert.Equal(0.2, Score(Episodes.Segment(5, 5), Episodes.Measure(), Episodes.Segment(90, 90, "obj2"), Episodes.Measure("obj2")), 1e-12);
        Assert.Equal(0, Score(Episodes.Zoom(0, 0)));
        Assert.Equal(0, Score());
    }

    [Fact]
    public void A_pair_may_lie_in_one_turn() => Assert.Equal(
        0.2, Episodes.Alone(Reward, Episodes.OfTurns("7", [Episodes.Segment(5, 5), Episodes.Measure()])).Total!.Value, 1e-12);

    [Fact]
    public void A_pair_with_a_failure_in_it_or_between_is_none()
    {
        Assert.Equal(0, Score(Episodes.Segment(5, 5) with { IsError = true }, Episodes.Measure()));
        Assert.Equal(0, Score(Episodes.Segment(5, 5), Episodes.Failed("READ_TEXT"), Episodes.Measure()));
    }

    [Fact]
    public void The_same_call_again_costs_wherever_it_comes_and_however_it_is_spelled()
    {
        Assert.Equal(-0.5, Score(Episodes.Read(0, 0), Episodes.Read(50, 50), Episodes.Read(0, 0)), 1e-12);
        Assert.Equal(-0.5, Score(Episodes.Call("READ_TEXT", """{"language": "eng"}"""), Episodes.Call("ocr", """{"language": "\u0065ng"}""")), 1e-12);
        Assert.Equal(-1, Score(Episodes.Read(0, 0), Episodes.Read(0, 0), Episodes.Read(0, 0), Episodes.Read(0, 0)), 1e-12); // bounded
    }

    [Theory]
    [InlineData("ZOOM_IN", """{"bbox_2d": [0, 0, 10, 10]}""", "ZOOM_IN", """{"bbox_2d": [1, 0, 11, 10]}""", -0.3)]
    [InlineData("ZOOM_IN", """{"bbox_2d": [0, 0, 10, 10]}""", "ZOOM_IN", """{"BBOX_2D": ["0", 0, 10, 11]}""", -0.3)]
    [InlineData("ZOOM_IN", """{"bbox_2d": [0, 0, 10, 10]}""", "ZOOM_IN", """{"bbox_2d": [9, 0, 19, 10]}""", 0)]
    [InlineData("ZOOM_IN", """{"bbox_2d": [0, 0, 10, 10]}""", "ZOOM_IN", """{"bbox_2d": [0, 0, 10, 10], "target_image": 2}""", 0)]
    [InlineData("SEGMENT_OBJECT_AT", """{"point_2d": [100, 100]}""", "SEGMENT_OBJECT_AT", """{"point_2d": [101, 100]}""", -0.3)]
    [InlineData("SEGMENT_OBJECT_AT", """{"point_2d": [100, 100]}""", "SEGMENT_OBJECT_AT", """{"point_2d": [110, 100]}""", 0)]
    [InlineData("GET_PROPERTIES", """{"bbox_2d": [0, 0, 10, 10]}""", "SEGMENT_OBJECT_AT", """{"point_2d": [5, 5]}""", -0.3)]
    [InlineData("GET_PROPERTIES", """{"bbox_2d": [0, 0, 10, 10]}""", "SEGMENT_OBJECT_AT", """{"point_2d": [15, 5]}""", 0)]
    [InlineData("READ_TEXT", """{"bbox_2d": [0, 0, 10, 10]}""", "READ_TEXT", """{"bbox_2d": [1, 0, 11, 10]}""", 0)]
    public void Doing_over_what_was_done_at_a_place_costs(string first, string firstArguments, string second, string secondArguments, double expected)
    {
        Assert.Equal(expected, Score(Episodes.Call(first, firstArguments), Episodes.Call(second, secondArguments)), 1e-12);
        Assert.Equal(expected, Score(Episodes.Call(first, firstArguments), Episodes.Call("my_tool"), Episodes.Call(second, secondArguments)), 1e-12); // whatever comes between
    }

    [Theory]
    [InlineData(1, 0, -0.2, "stuck")] // cosine 1
    [InlineData(0, 1, -0.3, "leap")] // cosine 0
    [InlineData(1, 1, 0, null)] // cosine 0.707
    [InlineData(0, 0, 0, null)] // no direction
    public void States_that_stand_still_or_jump_cost(float x, float y, double expected, string? term)
    {
        Trajectory episode = Episodes.Of("7", Episodes.Zoom(0, 0), Episodes.Zoom(50, 50));
        RewardBreakdown reward = Assert.Single(Reward.Score(new RewardGroup(Episodes.Example("7"), [new RewardEpisode(episode) { States = [[1, 0], [x, y], [-1, 0]] }])));
        Assert.Equal(expected, reward.Total!.Value, 1e-12);
        Assert.Equal(term, reward.Terms.SingleOrDefault()?.Name);
    }

    [Fact]
    public void The_worst_step_counts_once()
    {
        Trajectory episode = Episodes.Of("7", Episodes.Zoom(0, 0), Episodes.Zoom(50, 50), Episodes.Zoom(90, 90));
        float[][] states = [[1, 0], [1, 0], [0, 1], [0, 1]];
        Assert.Equal(-0.3, Reward.Score(new RewardGroup(Episodes.Example("7"), [new RewardEpisode(episode) { States = states }]))[0].Total!.Value, 1e-12);
    }

    [Fact]
    public void States_that_do_not_fit_the_turns_are_refused()
    {
        RewardEpisode episode = new(Episodes.Of("7", Episodes.Zoom(0, 0)));
        foreach (float[][] states in new float[][][] { [[1, 2]], [[1, 2], [1]], [[], []] })
            Assert.Throws<RewardException>(() => Reward.Score(new RewardGroup(Episodes.Example("7"), [episode with { States = states }])));
    }

    [Fact]
    public void A_tool_that_begins_and_ends_pairs_is_refused() => Assert.Throws<ArgumentException>(
        () => new CoherenceReward(new CoherenceOptions { Follows = [new("SELECT_FRAMES", "ZOOM_IN"), new("crop_image", "READ_TEXT")] }));

    private static double Score(params ToolInvocation[] calls) => Episodes.Alone(Reward, Episodes.Of("7", calls)).Total!.Value;
}
