using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Pixelis.Serving.Errors;
using Pixelis.Serving.Health;

namespace Pixelis.Serving.Access;

/// <summary>Stands in front of every endpoint: who asks, how often, and what becomes of what goes wrong behind it.</summary>
internal sealed partial class AccessGuard(ServingSettings settings, ApiKeyRing keys, RequestRates rates, ILogger<AccessGuard> logger)
{
    /// <summary>Lets in who has a key, as often as may be.</summary>
    /// <param name="route">Its name in the metrics.</param>
    /// <param name="handler">What is behind it.</param>
    /// <param name="tellsOfOthers">Whether it tells of others' questions: then an administrator's key is needed, where there are such.</param>
    public RequestDelegate Guard(string route, RequestDelegate handler, bool tellsOfOthers = false) => Handle(route, http =>
    {
        RefuseStrangers(http);
        int key = keys.IsEmpty ? 0 : keys.Find(http.Request.Headers.Authorization);
        // Guesses are counted by address, so that nobody uses up another one's share.
        rates.Count(keys.IsEmpty || key < 0 ? $"address {http.Connection.RemoteIpAddress}" : $"key {key}");
        if (key >= 0 && tellsOfOthers && !keys.OpensAll(key))
            throw new ApiException(403, "This key asks and gives feedback; here an administrator's key is needed.", code: "admin_key_needed");
        return key >= 0
            ? handler(http)
            : throw new ApiException(401, "An API key is needed: send the header 'Authorization: Bearer KEY'.", code: "invalid_api_key");
    });

    /// <summary>For what holds no content: lets in everybody who may be here at all, and tells the handler whether there was a key.</summary>
    public RequestDelegate GuardOpen(string route, Func<HttpContext, bool, Task> handler) => Handle(route, http =>
    {
        RefuseStrangers(http);
        return handler(http, keys.IsEmpty || (keys.Find(http.Request.Headers.Authorization) is >= 0 and var key && keys.OpensAll(key)));
    });

    private RequestDelegate Handle(string route, RequestDelegate handler) => async http =>
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await handler(http);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to tell.
        }
        catch (Exception e)
        {
            ApiException problem = ErrorWriter.Told(e);
            if (problem.Status >= 500 && e is not ApiException)
                Failed(logger, route, e.GetType().FullName, e.StackTrace);
            await TellAsync(http, problem);
        }
        finally
        {
            int status = http.RequestAborted.IsCancellationRequested ? 499 : http.Response.StatusCode;
            ServingMetrics.Requests.Add(1, new TagList { { ServingMetrics.RouteTag, route }, { ServingMetrics.StatusTag, status } });
        }
    };

    private static async Task TellAsync(HttpContext http, ApiException problem)
    {
        try
        {
            await ErrorWriter.WriteAsync(http, problem);
        }
        catch (OperationCanceledException)
        {
            // It went away while it was told.
        }
    }

    // Without keys the server is for this machine alone. A page of the web whose name was made to lead here (DNS rebinding) gives itself away by that name.
    private void RefuseStrangers(HttpContext http)
    {
        if (!keys.IsEmpty || settings.Options.AllowsAnonymous)
            return;
        bool isLocal = http.Connection.LocalIpAddress is not { } address || IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        string host = http.Request.Host.Host.Trim('[', ']');
        bool isNamedSo = host.Length == 0 || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? named) && IPAddress.IsLoopback(named));
        if (!isLocal || !isNamedSo)
            throw new ApiException(403, "This server has no API key and answers its own machine only, under localhost or a loopback address. Give it a key to reach it from elsewhere.", code: "local_only");
    }

    // Its message may quote a request.
    [LoggerMessage(1, LogLevel.Error, "{Route} failed with {Error}.\n{Stack}")]
    private static partial void Failed(ILogger logger, string route, string? error, string? stack);
}
