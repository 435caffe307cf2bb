using System.Diagnostics.Metrics;
using Pixelis.Diagnostics;

namespace Pixelis.Serving.Health;

/// <summary>What a server measures beside what its agent does.</summary>
internal static class ServingMetrics
{
    public const string RouteTag = "http.route";

    public const string StatusTag = "http.response.status_code";

    private static readonly Meter Meter = new(PixelisDiagnostics.SourceName, typeof(ServingMetrics).Assembly.GetName().Version?.ToString(3));

    /// <summary>Answered requests, by route and status; 499 for a client that went away.</summary>
    public static Counter<long> Requests { get; } = Meter.CreateCounter<long>("pixelis.serving.requests", "{request}", "Answered requests; status 499 for clients that went away.");

    public static UpDownCounter<long> Running { get; } = Meter.CreateUpDownCounter<long>("pixelis.serving.running", "{request}", "Requests whose episodes run.");
}
