using Pixelis.Testing;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.ToolUse;

public class ToolUseRewardTests : RewardConformance
{
    protected override IRewardFunction CreateReward() => new ToolUseReward();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, -0.05)]
    [InlineData(3, -0.1)]
    public void Calls_beyond_the_first_cost_a_twentieth(int calls, double expected) =>
        Assert.Equal(expected, Episodes.Alone(new ToolUseReward(), Episodes.Of("7", [.. Enumerable.Range(0, calls).Select(i => Episodes.Read(i * 20, 0))])).Total!.Value, 1e-12);

    [Fact]
    public void A_tool_beyond_its_limit_costs_more()
    {
        RewardBreakdown reward = Episodes.Alone(new ToolUseReward(), Episodes.Of("7", [.. Enumerable.Range(0, 5).Select(i => Episodes.Zoom(i * 20, 0))]));
        Assert.Equal(-0.4, reward.Total!.Value, 1e-12); // 4 * 0.05 beyond one, 2 * 0.1 beyond three
        Assert.Equal([7, 9], reward.Terms.Where(t => t.Name == "overuse").Select(t => t.Turn));
    }

    [Fact]
    public void A_tool_that_always_fails_costs_a_tenth_a_call_and_no_more_than_the_limit()
    {
        Assert.Equal(-0.2, Episodes.Alone(new ToolUseReward(), Episodes.Of("7", Episodes.Failed("READ_TEXT"), Episodes.Failed(""))).Total!.Value, 1e-12);
        RewardBreakdown many = Episodes.Alone(new ToolUseReward(), Episodes.Of("7", [.. Enumerable.Repeat(Episodes.Failed("READ_TEXT"), 50)]));
        Assert.Equal(-1, many.Total!.Value, 1e-9);
        Assert.Equal("limit", many.Terms[^1].Name);
    }

    [Theory]
    [InlineData("GET_PROPERTIES", """{"object": "obj1"}""", 0)]
    [InlineData("GET_PROPERTIES", """{"object": "obj2"}""", 1)]
    [InlineData("get_properties", """{"objects": ["obj1", "obj2"]}""", 1)]
    [InlineData("GET_PROPERTIES", """{"bbox_2d": [0, 0, 1, 1]}""", 0)]
    [InlineData("TRACK_OBJECT", """{"track_id": "track1"}""", 1)]
    [InlineData("SELECT_FRAMES", """{"target_frames": [1]}""", 1)]
    [InlineData("READ_TEXT", "{}", 0)]
    public void What_a_call_builds_on_must_be_there(string tool, string arguments, int missing)
    {
        RewardBreakdown reward = Episodes.Alone(new ToolUseReward(), Episodes.Of("7", Episodes.Segment(5, 5), Episodes.Failed(tool, arguments)));
        Assert.Equal(missing, reward.Terms.Count(t => t.Name == "prerequisite"));
        Assert.Equal(1 - missing, reward.Terms.Count(t => t.Name == "failure"));
        Assert.Equal(-0.1, reward.Total!.Value, 1e-12);
    }

    [Fact]
    public void In_a_video_frames_and_tracks_are_at_hand()
    {
        Trajectory episode = Episodes.Of("7", Episodes.Call("TRACK_OBJECT", """{"bbox_2d": [0, 0, 9, 9]}""", "track1: 12 frames"), Episodes.Call("TRACK_OBJECT", """{"track_id": "track1"}"""));
        Assert.Equal(-0.05, Episodes.Alone(new ToolUseReward(), episode with { Inputs = [Episodes.Input(12)] }).Total!.Value, 1e-12);
        Assert.Equal(-0.25, Episodes.Alone(new ToolUseReward(), episode).Total!.Value, 1e-12);
    }

    [Fact]
    public void Names_come_from_the_result_for_programs_where_there_is_one()
    {
        ToolInvocation segment = Episodes.Segment(5, 5) with { ResultText = "found", Data = System.Text.Json.JsonElement.Parse("""{"name": "thing"}""") };
        Assert.Equal(-0.05, Episodes.Alone(new ToolUseReward(), Episodes.Of("7", segment, Episodes.Measure("thing"))).Total!.Value, 1e-12);
    }

    [Fact]
    public void Injected_turns_are_nobodys_calls()
    {
        Trajectory episode = Episodes.Of("7", Episodes.Failed("READ_TEXT"));
        Assert.Equal(0, Episodes.Alone(new ToolUseReward(), episode with { Turns = [.. episode.Turns.Select(t => t with { IsInjected = t.Role == Role.Assistant })] }).Total);
    }
}
