using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Pixelis.Online.Metrics;

namespace Pixelis.Serving.Health;

/// <summary><c>/metrics</c> in Prometheus' text format. Counts from the host's start on.</summary>
internal sealed class MetricsEndpoint(MetricsCollector collector) : IHostedService
{
    public async Task HandleAsync(HttpContext http)
    {
        http.Response.ContentType = PrometheusText.ContentType;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(PrometheusText.Write(collector.Collect())), http.RequestAborted);
    }

    // It is made with the host, so that the collector listens before the first request.
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
