using Microsoft.Extensions.Diagnostics.HealthChecks;
using Pixelis.Serving.Admission;

namespace Pixelis.Serving.Health;

/// <summary>Whether questions can be asked: not while the server stops, and with less than all its strength while it is full.</summary>
internal sealed class ServingHealthCheck(ServingSettings settings, EpisodeSlots slots, ServingLifetime lifetime) : IHealthCheck
{
    public const string Name = "serving";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        PixelisServingOptions options = settings.Options;
        bool isFull = slots.Running + slots.Waiting >= options.MaxEpisodes + options.MaxWaiting;
        return Task.FromResult(
            lifetime.Stopping.IsCancellationRequested ? HealthCheckResult.Unhealthy("the server stops")
            : isFull ? HealthCheckResult.Degraded($"{slots.Running} requests run and {slots.Waiting} wait: further ones are refused")
            : HealthCheckResult.Healthy());
    }
}
