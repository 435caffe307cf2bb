using Microsoft.Extensions.Diagnostics.HealthChecks;
using Pixelis.Online.Health;

namespace Pixelis.Serving.Health;

/// <summary>How learning is, where it is watched by a <see cref="HealthMonitor"/>; healthy where there is none.</summary>
internal sealed class LearningHealthCheck(IServiceProvider services) : IHealthCheck
{
    public const string Name = "online";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        services.GetService(typeof(HealthMonitor)) is HealthMonitor monitor
            ? new OnlineHealthCheck(monitor).CheckHealthAsync(context, cancellationToken)
            : Task.FromResult(HealthCheckResult.Healthy());
}
