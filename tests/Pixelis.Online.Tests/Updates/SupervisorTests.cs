using Pixelis.Online.Health;
using Pixelis.Online.Tests.Support;
using Pixelis.Online.Updates;

namespace Pixelis.Online.Tests.Updates;

public class SupervisorTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task What_fails_is_started_again_after_longer_and_longer_waits_and_given_up()
    {
        var starts = new List<DateTimeOffset>();
        var started = new SemaphoreSlim(0);
        var supervisor = new Supervisor("it", _ => { starts.Add(_time.Now); started.Release(); throw new InvalidOperationException("secret"); }, time: _time);
        Task<bool> run = supervisor.RunAsync();
        foreach (double wait in new double[] { 5, 10, 20 })
        {
            await started.WaitAsync();
            await WaitForAsync(() => supervisor.Health.State == HealthState.Degraded && supervisor.Health.Reason.Contains($"after {wait} s", StringComparison.Ordinal));
            Assert.DoesNotContain("secret", supervisor.Health.Reason, StringComparison.Ordinal);
            _time.Advance(wait - 1);
            Assert.False(run.IsCompleted);
            _time.Advance(1);
        }
        Assert.False(await run);
        Assert.Equal([5.0, 10, 20], starts.Zip(starts.Skip(1), (a, b) => (b - a).TotalSeconds));
        Assert.Equal(HealthState.Unhealthy, supervisor.Health.State);
        Assert.Contains("4 times in a row", supervisor.Health.Reason);
    }

    [Fact]
    public async Task Failures_are_forgotten_after_it_ran_long_enough()
    {
        int runs = 0;
        var supervisor = new Supervisor("it", _ =>
        {
            if (++runs > 6)
                return Task.CompletedTask;
            _time.Advance(601); // it ran well for a while
            throw new InvalidOperationException();
        }, new SupervisorOptions { FirstDelay = TimeSpan.Zero, MaxRestarts = 1 }, _time);
        Assert.True(await supervisor.RunAsync());
        Assert.Equal((7, HealthState.Healthy), (runs, supervisor.Health.State));
    }

    [Fact]
    public async Task Cancelled_while_it_runs_or_waits_it_ends()
    {
        using var stop = new CancellationTokenSource();
        var supervisor = new Supervisor("it", cancellation => Task.Delay(Timeout.Infinite, cancellation), time: _time);
        Task<bool> run = supervisor.RunAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        using var later = new CancellationTokenSource();
        var waiting = new Supervisor("it", _ => throw new InvalidOperationException(), time: _time);
        run = waiting.RunAsync(later.Token);
        Assert.Equal(HealthState.Degraded, waiting.Health.State);
        await later.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        var options = new SupervisorOptions { FirstDelay = TimeSpan.FromSeconds(2), LongestDelay = TimeSpan.FromSeconds(9) };
        Assert.Equal([2.0, 4, 8, 9, 9], Enumerable.Range(1, 5).Select(i => options.DelayOf(i).TotalSeconds));
        Assert.Equal(9, options.DelayOf(10_000).TotalSeconds);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Supervisor("it", _ => Task.CompletedTask, new SupervisorOptions { MaxRestarts = -1 }));
    }

    [Fact]
    public async Task A_worker_that_is_given_up_leaves_the_host_running_and_raises_an_alert()
    {
        using var small = new SmallPolicy();
        var sink = new Alerts.RecordingSink();
        var alerts = new Online.Alerts.AlertMonitor(Online.Alerts.AlertRules.Default, [sink]);
        using var worker = new UpdateWorker(small.Parts(new ScriptedObjective((_, _, _) => throw new InvalidOperationException())), new UpdateOptions { MaxFailuresInARow = 1 });
        await worker.BeginAsync();
        small.Queue.TryEnqueue(await small.TaskAsync());
        using var service = new UpdateService(worker, new SupervisorOptions { MaxRestarts = 0 }, alerts);
        await service.StartAsync(CancellationToken.None);
        await service.ExecuteTask!; // it ends, and does not throw
        Assert.Equal((HealthState.Unhealthy, "learning-stopped"), (service.Health.State, Assert.Single(sink.Alerts).Rule.Name));
        Assert.Equal("v000001", small.Publisher.Serving);
        await service.StopAsync(CancellationToken.None);
    }

    private static async Task WaitForAsync(Func<bool> holds)
    {
        while (!holds())
            await Task.Yield();
    }
}
