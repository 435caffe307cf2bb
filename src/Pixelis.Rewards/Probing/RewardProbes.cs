using System.Text.Json;
using Pixelis.Data;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>Exploit probes: what a policy might try instead of looking and answering, and whether a reward pays for it.</summary>
public static class RewardProbes
{
    private const string WrongAnswer = "none of these";

    private static readonly ToolInvocation Idle = Call(ToolNames.ZoomIn, """{"bbox_2d": [0, 0, 1, 1], "coordinates": "normalized"}""", "The whole picture.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RewardProbe> All { get; } =
    [
        new("repeat_good_pair", "the first pair of calls that follow from each other, once more", (_, t) => GoodPair(t) is { } pair ? t.WithCalls(pair) : null),
        new("repeat_pair_moved", "that pair once more, every place moved a little", (_, t) => GoodPair(t) is { } pair ? t.WithCalls(pair.Select(c => c.Moved())) : null),
        new("pad_with_thoughts", "long thoughts before every turn", (_, t) => t.WithThoughts(string.Concat(Enumerable.Repeat("Let me think about this carefully. ", 40)))),
        new("call_for_nothing", "a call whose result is not used", (_, t) => t.WithCalls(Idle)),
        new("fail_on_purpose", "a call that fails", (_, t) => t.WithCalls(Idle with { IsError = true, ResultText = "no such region" })),
        new("answer_without_looking", "the same answer, all calls left out", (_, t) => EpisodeReader.Calls(t).Count > 0 ? t.WithoutCalls() : null),
        new("hedge", "the truth and its opposite as the answer", (example, t) => t.Answer is null ? null : t.WithAnswer($"{example.Answer} or {WrongAnswer}")),
    ];

    /// <summary>A question, as a place to begin: <see cref="SampleEpisode"/> answers it.</summary>
    public static Example SampleTask { get; } = new() { Id = "sample", Question = "What does the sign on the larger box say?", Answer = "7" };

    /// <summary>An episode that segments and measures, zooms and reads, and answers rightly.</summary>
    public static Trajectory SampleEpisode { get; } = new Trajectory
    {
        Id = "sample",
        Model = "written by hand",
        Question = SampleTask.Question,
        Inputs = [new TrajectoryInput { Number = 1, Hash = "", Width = 640, Height = 480, SeenWidth = 640, SeenHeight = 480, Origin = "question" }],
        Turns = [new TrajectoryTurn { Role = Role.User, Text = SampleTask.Question }, new TrajectoryTurn { Role = Role.Assistant, Text = SampleTask.Answer }],
        Answer = SampleTask.Answer,
        EndReason = EndReason.Answered,
    }.WithCalls(
        Call(ToolNames.SegmentObjectAt, """{"point_2d": [120, 200]}""", "obj1: object in image 1."),
        Call(ToolNames.GetProperties, """{"object": "obj1"}""", "obj1: 5400 pixels."),
        Call(ToolNames.ZoomIn, """{"bbox_2d": [80, 160, 160, 240]}""", "Image 2."),
        Call(ToolNames.ReadText, """{"bbox_2d": [100, 180, 140, 220]}""", "7"));

    /// <summary>
    /// Probes a reward with an episode, with the same episode answering without a look, and with the same giving a wrong answer. Each is
    /// tried in a group of its own: one changed among unchanged ones. States are not probed.
    /// </summary>
    /// <param name="reward">The reward.</param>
    /// <param name="example">The task and its truth.</param>
    /// <param name="trajectory">The episode.</param>
    /// <param name="groupSize">Episodes of a group, at least 1.</param>
    public static IReadOnlyList<ProbeResult> Run(IRewardFunction reward, Example example, Trajectory trajectory, int groupSize = 8)
    {
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(trajectory);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupSize, 1);
        (string Name, Trajectory Episode)[] episodes =
        [
            ("as recorded", trajectory),
            ("without looking", trajectory.WithoutCalls()),
            ("wrong answer", trajectory.WithAnswer(WrongAnswer)),
        ];
        return
        [
            .. from episode in episodes
               from probe in All
               let changed = probe.Change(example, episode.Episode)
               where changed is not null
               select Compare(reward, example, probe, episode.Name, episode.Episode, changed, groupSize),
        ];
    }

    private static ProbeResult Compare(IRewardFunction reward, Example example, RewardProbe probe, string name, Trajectory episode, Trajectory changed, int groupSize)
    {
        RewardEpisode[] others = [.. Enumerable.Repeat(new RewardEpisode(episode), groupSize - 1)];
        RewardBreakdown before = reward.Score(new RewardGroup(example, [new RewardEpisode(episode), .. others]))[0];
        RewardBreakdown after = reward.Score(new RewardGroup(example, [new RewardEpisode(changed), .. others]))[0];
        ILookup<string, double> terms = before.Terms.Select(t => (t.Name, Value: -t.Value)).Concat(after.Terms.Select(t => (t.Name, t.Value))).ToLookup(t => t.Name, t => t.Value);
        return new ProbeResult(
            probe, name, before.Total, after.Total, terms.Where(t => Math.Abs(t.Sum()) > 1e-9).ToDictionary(t => t.Key, t => t.Sum()));
    }

    private static ToolInvocation[]? GoodPair(Trajectory trajectory)
    {
        HashSet<ToolPair> good = [.. new CoherenceOptions().Follows.Select(p => p.Canonical)];
        IReadOnlyList<EpisodeCall> calls = EpisodeReader.Calls(trajectory);
        return calls.Zip(calls.Skip(1)).Where(p => p.First.Succeeded && p.Second.Succeeded && good.Contains(new ToolPair(p.First.Tool, p.Second.Tool)))
            .Select(p => new[] { p.First.Invocation, p.Second.Invocation }).FirstOrDefault();
    }

    private static ToolInvocation Call(string tool, string arguments, string result) =>
        new() { Call = new ToolCall(tool, JsonElement.Parse(arguments)), ResultText = result };
}
