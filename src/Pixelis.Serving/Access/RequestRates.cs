using System.Threading.RateLimiting;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving.Access;

/// <summary>How often each caller may ask: a bucket that a minute fills.</summary>
internal sealed class RequestRates(ServingSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string>? _limiter = settings.Options.RequestsPerMinute is > 0 and var most
        ? PartitionedRateLimiter.Create<string, string>(caller => RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = most,
            TokensPerPeriod = (most + 599) / 600, // at most ten times a second
            ReplenishmentPeriod = TimeSpan.FromSeconds(60.0 / most * ((most + 599) / 600)),
            QueueLimit = 0,
        }))
        : null;

    /// <exception cref="ApiException">The caller has asked too often.</exception>
    public void Count(string caller)
    {
        if (_limiter is null)
            return;
        using RateLimitLease lease = _limiter.AttemptAcquire(caller);
        if (lease.IsAcquired)
            return;
        TimeSpan wait = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan asked) ? asked : TimeSpan.FromSeconds(1);
        throw new ApiException(429, $"More than {settings.Options.RequestsPerMinute} requests a minute; try again later.", code: "rate_limit_exceeded") { RetryAfter = wait };
    }

    public void Dispose() => _limiter?.Dispose();
}
