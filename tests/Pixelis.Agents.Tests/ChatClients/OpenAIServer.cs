using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Pixelis.Agents.Tests.ChatClients;

/// <summary>A small server on 127.0.0.1 that speaks OpenAI's chat completions, whole and streamed, and can misbehave.</summary>
internal sealed class OpenAIServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OpenAIServer(WebApplication app) => _app = app;

    public Uri Endpoint => new(_app.Urls.First() + "/v1");

    /// <summary>Bodies received so far.</summary>
    public List<JsonElement> Requests { get; } = [];

    public List<string?> Authorizations { get; } = [];

    public static async Task<OpenAIServer> StartAsync(Func<int, HttpContext, JsonElement, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new OpenAIServer(app);
        app.MapPost("/v1/chat/completions", async (HttpContext context) =>
        {
            JsonElement body = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
            int number;
            lock (server.Requests)
            {
                server.Requests.Add(body);
                server.Authorizations.Add(context.Request.Headers.Authorization);
                number = server.Requests.Count;
            }
            await answer(number, context, body);
        });
        await app.StartAsync();
        return server;
    }

    public static Task Whole(HttpContext context, object message, string finish = "stop") => context.Response.WriteAsJsonAsync(
        new { id = "x", model = "m", choices = new[] { new { index = 0, message, finish_reason = finish } } });

    public static async Task Stream(HttpContext context, params object[] deltas)
    {
        context.Response.ContentType = "text/event-stream";
        for (int i = 0; i < deltas.Length; i++)
        {
            string? finish = i == deltas.Length - 1 ? "stop" : null;
            string json = JsonSerializer.Serialize(new { id = "x", choices = new[] { new { index = 0, delta = deltas[i], finish_reason = finish } } });
            await context.Response.WriteAsync($"data: {json}\n\n");
            await context.Response.Body.FlushAsync();
        }
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
