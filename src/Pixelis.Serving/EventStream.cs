using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Pixelis.Serving;

/// <summary>Writes server-sent events, each as soon as it is there. JSON holds no line breaks, so an event is one line.</summary>
internal sealed class EventStream(HttpContext http)
{
    public bool HasBegun => http.Response.HasStarted;

    public Task WriteAsync<T>(T document, JsonTypeInfo<T> type) => WriteAsync(JsonSerializer.SerializeToUtf8Bytes(document, type));

    public async Task WriteAsync(byte[] data)
    {
        Begin();
        await http.Response.Body.WriteAsync((byte[])[.. "data: "u8, .. data, .. "\n\n"u8], http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    /// <summary>Writes something that readers pass over: it keeps the connection open, and shows whether somebody is there.</summary>
    public async Task BeatAsync()
    {
        Begin();
        await http.Response.Body.WriteAsync(": still here\n\n"u8.ToArray(), http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private void Begin()
    {
        if (http.Response.HasStarted)
            return;
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers["X-Accel-Buffering"] = "no"; // a proxy in between is not to collect them
    }
}
