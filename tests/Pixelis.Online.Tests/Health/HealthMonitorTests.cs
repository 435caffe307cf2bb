using Microsoft.Extensions.Diagnostics.HealthChecks;
using Pixelis.Online.Health;

namespace Pixelis.Online.Tests.Health;

public class HealthMonitorTests
{
    [Fact]
    public async Task The_worst_part_decides_and_every_part_is_told()
    {
        var monitor = new HealthMonitor();
        Assert.Equal(HealthState.Healthy, (await monitor.CheckAsync()).State);
        monitor.Add("buffer", _ => new(new ComponentHealth("x", HealthState.Healthy)));
        monitor.Add("index", _ => new(new ComponentHealth("x", HealthState.Degraded, "it is being rebuilt")));
        OnlineHealth health = await monitor.CheckAsync();
        Assert.Equal((HealthState.Degraded, "index is degraded: it is being rebuilt"), (health.State, health.Reason));
        Assert.Equal(["buffer", "index"], health.Components.Select(c => c.Name));
    }

    [Fact]
    public async Task A_part_that_throws_is_unhealthy_and_its_message_stays_inside()
    {
        var monitor = new HealthMonitor(TimeSpan.FromMinutes(5));
        monitor.Add("throws", _ => throw new InvalidOperationException("a question"));
        monitor.Add("works", _ => new(new ComponentHealth("x", HealthState.Healthy)));
        OnlineHealth health = await monitor.CheckAsync();
        Assert.Equal([(HealthState.Unhealthy, "it failed with InvalidOperationException"), (HealthState.Healthy, "")], health.Components.Select(c => (c.State, c.Reason)));
        Assert.DoesNotContain("a question", health.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_that_never_answers_is_unhealthy()
    {
        var monitor = new HealthMonitor(TimeSpan.FromMilliseconds(20));
        monitor.Add("hangs", async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return new ComponentHealth("x", HealthState.Healthy);
        });
        ComponentHealth part = Assert.Single((await monitor.CheckAsync()).Components);
        Assert.Equal((HealthState.Unhealthy, "no answer within 0.02 s"), (part.State, part.Reason));
    }

    [Fact]
    public async Task A_cancelled_check_is_cancelled()
    {
        var monitor = new HealthMonitor();
        monitor.Add("hangs", async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return new ComponentHealth("x", HealthState.Healthy);
        });
        using var stop = new CancellationTokenSource();
        Task<OnlineHealth> check = monitor.CheckAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
    }

    [Theory]
    [InlineData(HealthState.Healthy, HealthStatus.Healthy)]
    [InlineData(HealthState.Degraded, HealthStatus.Degraded)]
    [InlineData(HealthState.Unhealthy, HealthStatus.Unhealthy)]
    public async Task A_host_sees_it_as_a_health_check(HealthState state, HealthStatus expected)
    {
        var monitor = new HealthMonitor();
        monitor.Add("buffer", _ => new(new ComponentHealth("buffer", state, "why")));
        HealthCheckResult result = await new OnlineHealthCheck(monitor).CheckHealthAsync(new HealthCheckContext());
        Assert.Equal(expected, result.Status);
        Assert.Equal($"{state}: why", result.Data["buffer"]);
    }
}
