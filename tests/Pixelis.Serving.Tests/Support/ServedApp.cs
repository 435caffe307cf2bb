using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pixelis.Agents;

namespace Pixelis.Serving.Tests.Support;

/// <summary>A server on this machine, as a program would host it: Kestrel, a free port, real requests.</summary>
internal sealed class ServedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServedApp(WebApplication app)
    {
        _app = app;
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(Address), Timeout = TimeSpan.FromMinutes(3) };
    }

    public string Address { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<ServedApp> StartAsync(ToldModel model, Action<PixelisServingOptions>? configure = null, Action<IServiceCollection>? add = null) =>
        StartAsync(PixelisAgent.Create().WithModel(model).Build(), configure, add);

    public static async Task<ServedApp> StartAsync(
        PixelisAgent agent, Action<PixelisServingOptions>? configure = null, Action<IServiceCollection>? add = null, IPAddress? address = null, string prefix = "")
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(address ?? IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(agent);
        add?.Invoke(builder.Services);
        builder.Services.AddPixelisServing(o =>
        {
            o.RequestsPerMinute = 0;
            configure?.Invoke(o);
        });
        WebApplication app = builder.Build();
        app.MapGroup(prefix).MapPixelis();
        await app.StartAsync();
        return new ServedApp(app);
    }

    public Task<Reply> AskAsync(object body) => PostAsync("/v1/chat/completions", JsonSerializer.Serialize(body));

    public Task<Reply> AskAsync(string question) => AskAsync(Question(question));

    public async Task<Reply> PostAsync(string path, string body, string type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await Reply.ReadAsync(await Client.PostAsync(path, content));
    }

    public async Task<Reply> GetAsync(string path) => await Reply.ReadAsync(await Client.GetAsync(path));

    public Task StopAsync() => _app.StopAsync();

    /// <summary>The smallest question there is.</summary>
    public static object Question(string text, bool stream = false) => new { model = "told", stream, messages = new[] { new { role = "user", content = text } } };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
