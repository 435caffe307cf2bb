using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Pixelis.Serving.Health;

/// <summary><c>/health</c>: 200 while questions are answered, however well; 503 otherwise. Runs all health checks of the host.</summary>
internal sealed class HealthEndpoint(HealthCheckService checks)
{
    public async Task HandleAsync(HttpContext http, bool hasKey)
    {
        HealthReport report = await checks.CheckHealthAsync(http.RequestAborted);
        http.Response.StatusCode = report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        HealthPartDocument[]? parts = hasKey
            ? [.. report.Entries.Select(e => new HealthPartDocument(e.Key, Words.Of(e.Value.Status), e.Value.Description is { Length: > 0 } reason ? reason : null))]
            : null;
        await JsonResponse.WriteAsync(http, new HealthDocument(Words.Of(report.Status), parts), ServingJson.Default.HealthDocument);
    }
}
