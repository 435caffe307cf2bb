using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Pixelis.Serving.Errors;

/// <summary>Makes a problem a response.</summary>
internal static class ErrorWriter
{
    /// <summary>What a client is told about an exception that is no refusal: nothing of its message, which may quote a request or name a file.</summary>
    public static ApiException Told(Exception problem) => problem switch
    {
        ApiException told => told,
        BadHttpRequestException { StatusCode: 413 } => new ApiException(413, "The body is larger than this server takes.", code: "request_too_large"),
        BadHttpRequestException bad => new ApiException(bad.StatusCode, "The request could not be read.", code: "bad_request"),
        _ => new ApiException(500, "The server failed at this request; its log has the reason.", code: "internal_error"),
    };

    /// <summary>Writes an error, unless the response has begun: then the connection is broken off, so that nobody takes half an answer for a whole one.</summary>
    public static async Task WriteAsync(HttpContext http, ApiException problem)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        http.Response.StatusCode = problem.Status;
        if (problem.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (problem.Status == 401)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        await JsonResponse.WriteAsync(http, ErrorDocument.Of(problem), ServingJson.Default.ErrorDocument);
    }
}
