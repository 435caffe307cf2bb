using Pixelis.Online;
using Pixelis.Online.State;
using Pixelis.Rewards;

namespace Pixelis.Serving.Tests.Live;

/// <summary>Learning as a test wants it to be; fails until it is told.</summary>
internal sealed class Learning : IOnlineState
{
    public OnlineSnapshot? Snapshot { get; set; }

    public ValueTask<OnlineSnapshot> ReadAsync(CancellationToken cancellationToken = default) =>
        Snapshot is { } snapshot ? ValueTask.FromResult(snapshot) : throw new InvalidOperationException("not told yet");

    /// <summary>A state with something of everything; votes and gates are the real ones.</summary>
    public static OnlineSnapshot Sample(IReadOnlyList<string> traces)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        return new OnlineSnapshot
        {
            Mode = OnlineMode.Learning,
            ServedVersion = "v2",
            Experiences = 240,
            LearnsFrom = 100,
            Answers = [.. traces.Select((trace, i) => Answer(trace, (AnswerUse)(3 - (i % 4))))],
            Versions =
            [
                new VersionState("v3", now.AddMinutes(-1), VersionStanding.Refused, 12, 0.61, "the canary set fell from 0.82 to 0.61; the margin is 0.02"),
                new VersionState("v2", now.AddMinutes(-9), VersionStanding.Serving, 16, 0.82),
                new VersionState("v1", now.AddMinutes(-20), VersionStanding.RolledBack, 16, 0.74, "taken back by hand"),
            ],
            Updates = [.. Enumerable.Range(0, 14).Select(i => Update(now.AddMinutes(-i), i))],
            Queues = [new QueueState("updates", 3, 64), new QueueState("decisions", 0)],
        };
    }

    private static AnswerState Answer(string trace, AnswerUse use)
    {
        ConsensusResult consensus = new MajorityVote().Decide(
            [Ballot.Own(0, "6", 0.9), Ballot.Own(1, "7", 0.6), Ballot.Own(2, "6", 0.8), Ballot.Own(3, "six", 0.7)], AnswerSpace.SmallCount);
        return new AnswerState(trace, use, consensus, new GateReport(
        [
            new GateResult("cold_start", true, 240, 100, "240 experiences, 100 are enough"),
            new GateResult("confidence", false, 0.62, 0.7, "confidence 0.62 is below 0.7"),
            new GateResult("majority", true, 0.75, 0.5, "3 of 4 votes"),
            new GateResult("novelty", true, double.NaN, 0.98, "nothing near was learnt from"),
        ]));
    }

    private static UpdateState Update(DateTimeOffset at, int i) => new()
    {
        At = at,
        Outcome = i == 4 ? UpdateOutcome.Refused : UpdateOutcome.Applied,
        Version = i == 4 ? null : i < 5 ? "v3" : "v2",
        Reward = i == 4 ? null : RewardBreakdown.Of([new RewardTerm("task", 0.65 - (0.02 * i * (i % 3)), null), new RewardTerm("format", 0.1, null)]),
        Kl = 0.012 + (0.003 * (i % 4)),
        LearningRate = i == 4 ? null : 3e-5,
        Reason = i == 4 ? "KL 0.13 is above 0.10" : "",
    };
}
