using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Pixelis.Online.Health;

/// <summary>
/// A <see cref="HealthMonitor"/> as a host's health check: <c>services.AddHealthChecks().AddCheck("pixelis", new OnlineHealthCheck(monitor))</c>. The parts
/// are in the result's data, by name.
/// </summary>
public sealed class OnlineHealthCheck : IHealthCheck
{
    private readonly HealthMonitor _monitor;

    /// <summary>Makes one.</summary>
    public OnlineHealthCheck(HealthMonitor monitor)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        _monitor = monitor;
    }

    /// <inheritdoc />
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        OnlineHealth health = await _monitor.CheckAsync(cancellationToken).ConfigureAwait(false);
        var parts = health.Components.GroupBy(c => c.Name).ToDictionary(
            g => g.Key, g => (object)string.Join("; ", g.Select(c => c.Reason.Length == 0 ? c.State.ToString() : $"{c.State}: {c.Reason}")));
        HealthStatus status = health.State switch
        {
            HealthState.Healthy => HealthStatus.Healthy,
            HealthState.Degraded => HealthStatus.Degraded,
            // What a host counts a failure as is its own decision.
            _ => context?.Registration?.FailureStatus ?? HealthStatus.Unhealthy,
        };
        return new HealthCheckResult(status, health.Reason, data: parts);
    }
}
