using Pixelis.Online.State;
using Pixelis.Online.Tests.Support;
using Pixelis.Online.Updates;
using UpdateOutcome = Pixelis.Online.Updates.UpdateOutcome;

namespace Pixelis.Online.Tests.Evolution;

public sealed class OnlineStateLogTests
{
    [Fact]
    public void What_a_rejected_version_was_made_of_is_in_no_later_one()
    {
        var time = new ManualTime();
        var log = new OnlineStateLog(time);
        log.Take(Applied("dropped"));
        log.Take(new ReleaseOutcome(ReleaseKind.Rejected, "worse"));
        log.Take(Applied("kept"));
        log.Take(new ReleaseOutcome(ReleaseKind.Published, "v000002 serves") { Version = new PolicyVersion { Id = "v000002", CreatedAt = time.Now, WeightsFolder = "" } });
        (_, IReadOnlyList<UpdateState> updates, IReadOnlyList<VersionState> refused) = log.Read();
        Assert.Equal(
            [("kept", State.UpdateOutcome.Applied, "v000002"), ("dropped", State.UpdateOutcome.Refused, null)],
            updates.Select(u => (u.TraceIds[0], u.Outcome, u.Version)));
        Assert.Equal("dropped: worse", updates[1].Reason);
        Assert.Equal(time.Now, updates[0].At);
        Assert.Equal("worse", Assert.Single(refused).Reason);
        Assert.Equal(2, log.Releases);
    }

    private static UpdateOutcome Applied(string trace) =>
        new(UpdateKind.Applied, [new UpdateTask { Experiences = [1], Episodes = [Examples.Episode(trace)], Label = "x", Confidence = 1 }], "fine");
}
