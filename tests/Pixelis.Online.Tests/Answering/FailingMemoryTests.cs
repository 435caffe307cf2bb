using Pixelis.Online.Alerts;
using Pixelis.Online.Health;
using Pixelis.Online.State;

namespace Pixelis.Online.Tests.Answering;

/// <summary>What fails behind an answer never loses it: it is told to health, alerts and the answer itself, without words of the request.</summary>
public sealed class FailingMemoryTests
{
    [Fact]
    public async Task A_store_that_fails_and_works_again()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync();
        bench.Buffer.OnAdd = new ExperienceStoreException("folder", "no space left; 'secret question'");
        OnlineAnswer answer = await agent.AskAsync(Bench.Ask());
        Assert.Equal(("red", AnswerUse.None), (answer.Text, answer.Use));
        Assert.Equal("experiences", Assert.Single(answer.Failures));
        Assert.Equal(0, bench.Queue.Waiting); // nothing is learnt that cannot be traced
        Assert.Equal(HealthState.Degraded, agent.Faults.Health.State);
        Assert.Contains(nameof(ExperienceStoreException), agent.Faults.Health.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", agent.Faults.Health.Reason, StringComparison.Ordinal);
        Assert.Equal("memory-failed", Assert.Single(bench.Told.Alerts).Rule.Name);

        bench.Buffer.OnAdd = null;
        Assert.Empty((await agent.AskAsync(Bench.Ask())).Failures);
        Assert.Equal(HealthState.Healthy, agent.Faults.Health.State);
        Assert.True(bench.Told.Alerts[^1].IsResolved);
        Assert.Equal(1, agent.Faults.Counts["experiences"]);
    }

    [Fact]
    public async Task The_log_says_what_a_store_says_of_its_disk_and_no_other_words()
    {
        var log = new LogLines();
        var faults = new OnlineFaults(logger: log);
        Exception[] told =
        [
            new ExperienceStoreException("experience.db", "the disk is full", new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13)),
            new Pixelis.Online.Audit.AuditException("the audit log cannot be written: no space left", new IOException("no space left")),
            new ExperienceStoreException("experience.db", "it holds 'secret question'"),
            new PixelisException("secret answer", new IOException("no space left")),
        ];
        foreach (Exception one in told)
            await faults.TryAsync<bool>("experiences", [], () => throw one);
        string[] lines = [.. log.Lines];
        Assert.Contains("experience.db: the disk is full", lines[0], StringComparison.Ordinal);
        Assert.Contains("cannot be written: no space left", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", lines[2] + lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neighbours_that_cannot_be_looked_up_do_not_vote()
    {
        var bench = new Bench("red");
        await bench.RememberAsync("blue", 0);
        OnlineAgent agent = await bench.AgentAsync();
        bench.Buffer.OnRead = new IOException("gone");
        OnlineAnswer answer = await agent.AskAsync(Bench.Ask());
        Assert.Equal("red", answer.Text);
        Assert.True(answer.IsColdStart); // how much is remembered is not known: nothing is learnt
        Assert.Equal((AnswerUse.Collected, "experiences"), (answer.Use, Assert.Single(answer.Failures)));
    }

    [Fact]
    public async Task A_request_that_cannot_be_embedded_is_answered_and_not_kept()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync();
        bench.Places.Failure = new PixelisException("not a number");
        OnlineAnswer answer = await agent.AskAsync(Bench.Ask());
        Assert.Equal(("red", "embedding", 0L), (answer.Text, Assert.Single(answer.Failures), await bench.Buffer.CountAsync()));
    }

    [Fact]
    public async Task A_store_that_hangs_is_not_waited_for()
    {
        var bench = new Bench("red");
        OnlineAgent agent = await bench.AgentAsync();
        var never = new TaskCompletionSource();
        bench.Buffer.AddGate = never.Task;
        Task<OnlineAnswer> asking = agent.AskAsync(Bench.Ask());
        await bench.Buffer.Adding.Task;
        while (!asking.IsCompleted)
        {
            bench.Time.Advance(6);
            await Task.Yield();
        }
        OnlineAnswer answer = await asking;
        Assert.Equal(("red", "experiences"), (answer.Text, Assert.Single(answer.Failures)));
        never.SetResult();
    }

    [Fact]
    public async Task An_audit_log_that_is_closed_is_told()
    {
        using var folder = new TestKit.TemporaryFolder();
        Pixelis.Online.Audit.AuditLog log = Pixelis.Online.Audit.AuditLog.Open(folder["audit"], Pixelis.Online.Audit.AuditKey.FromBytes(new byte[32]));
        await log.DisposeAsync();
        var bench = new Bench("red") { Audit = log };
        OnlineAnswer answer = await (await bench.AgentAsync()).AskAsync(Bench.Ask());
        Assert.Equal(("red", "audit"), (answer.Text, Assert.Single(answer.Failures)));
    }
}
