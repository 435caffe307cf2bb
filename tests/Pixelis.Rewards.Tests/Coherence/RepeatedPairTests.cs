using FsCheck;
using FsCheck.Fluent;
using Pixelis.Trajectories;

namespace Pixelis.Rewards.Tests.Coherence;

/// <summary>Making a good pair again, in whatever form, never pays.</summary>
public class RepeatedPairTests
{
    private static readonly CoherenceReward Reward = new();

    private static readonly Gen<ToolInvocation> AnyCall =
        from kind in Gen.Choose(0, 5)
        from x in Gen.Choose(0, 4)
        from y in Gen.Choose(0, 1)
        select kind switch
        {
            0 => Episodes.Segment(x * 40, y * 40, $"obj{x}"),
            1 => Episodes.Measure($"obj{x}"),
            2 => Episodes.Zoom(x * 7, y * 40),
            3 => Episodes.Read(x * 7, y * 40),
            4 => Episodes.Call("TRACK_OBJECT", $"{{\"point_2d\": [{x * 3}, {y}]}}"),
            _ => Episodes.Failed("READ_TEXT"),
        };

    private static readonly Gen<(ToolInvocation First, ToolInvocation Second)> GoodPair =
        from pair in Gen.Choose(0, 2)
        from x in Gen.Choose(0, 9)
        from other in Gen.Choose(0, 9)
        select pair switch
        {
            0 => (Episodes.Segment(x * 31, 9, $"obj{x}"), Episodes.Measure($"obj{other}")),
            1 => (Episodes.Zoom(x * 5, 9), Episodes.Read(other * 5, 9)),
            _ => (Episodes.Segment(x * 31, 9, $"obj{x}"), Episodes.Call("TRACK_OBJECT", $"{{\"point_2d\": [{other}, 9]}}")),
        };

    // An episode in which a good pair is, and a place for another one of the same tools.
    private static readonly Gen<(ToolInvocation[] Calls, int Pair, int Place, (ToolInvocation, ToolInvocation) Again)> Case =
        from before in AnyCall.ListOf()
        from pair in GoodPair
        from after in AnyCall.ListOf()
        from again in GoodPair.Where(g => (g.First.Call.Name, g.Second.Call.Name) == (pair.First.Call.Name, pair.Second.Call.Name))
        from place in Gen.Choose(0, before.Count + 2 + after.Count)
        select (new[] { before, [pair.First, pair.Second], after }.SelectMany(c => c).ToArray(), before.Count, place, again);

    [Fact]
    public void A_good_pair_of_tools_that_are_paid_already_never_raises_the_score_wherever_it_is_put() => ForAll(episode =>
    {
        // What the property needs: that pair of tools is paid in the episode as it is, which a repeat in its place may prevent.
        if (!Follows(episode.Calls).Contains((episode.Calls[episode.Pair].Call.Name, episode.Calls[episode.Pair + 1].Call.Name)))
            return;
        ToolInvocation[] more = [.. episode.Calls[..episode.Place], episode.Again.Item1, episode.Again.Item2, .. episode.Calls[episode.Place..]];
        Assert.True(Score(more) <= Score(episode.Calls) + 1e-12);
    });

    [Fact]
    public void The_very_same_pair_once_more_lowers_the_score_by_both_repeats() => ForAll(episode =>
    {
        int place = Math.Max(episode.Place, episode.Pair + 2);
        ToolInvocation[] more = [.. episode.Calls[..place], episode.Calls[episode.Pair], episode.Calls[episode.Pair + 1], .. episode.Calls[place..]];
        Assert.Equal(Math.Max(-1, Unbounded(episode.Calls) - 1), Score(more), 1e-9);
    });

    [Fact]
    public void With_states_the_very_same_pair_never_pays_either() => ForAll(episode =>
    {
        float[][] states = [.. episode.Calls.Append(episode.Calls[0]).Select((c, i) => new[] { 1f + c.ResultText.Length, i * i % 7 - 3f, c.Call.Name.Length - 9f })];
        double before = Score(episode.Calls, states);
        foreach (float[] state in new[] { states[episode.Pair], [1, 2, 3], [-9, 0, 0] })
        {
            ToolInvocation[] more = [.. episode.Calls, episode.Calls[episode.Pair], episode.Calls[episode.Pair + 1]];
            Assert.True(Score(more, [.. states[..^1], state, state, states[^1]]) <= before + 1e-12);
        }
    });

    private static void ForAll(Action<(ToolInvocation[] Calls, int Pair, int Place, (ToolInvocation, ToolInvocation) Again)> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(Case.ToArbitrary(), property));

    private static double Score(ToolInvocation[] calls, float[][]? states = null) =>
        Reward.Score(new RewardGroup(Episodes.Example("7"), [new RewardEpisode(Episodes.Of("7", calls)) { States = states }]))[0].Total!.Value;

    private static double Unbounded(ToolInvocation[] calls) =>
        Episodes.Alone(Reward, Episodes.Of("7", calls)).Terms.Where(t => t.Name != "limit").Sum(t => t.Value);

    private static HashSet<(string, string)> Follows(ToolInvocation[] calls) =>
        [.. Episodes.Alone(Reward, Episodes.Of("7", calls)).Terms.Where(t => t.Name == "follows").Select(t => t.Reason!.Split(", then ")).Select(p => (p[0], p[1]))];
}
