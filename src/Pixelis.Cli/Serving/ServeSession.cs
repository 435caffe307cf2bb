using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pixelis.Cli.Asking;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Training;
using Pixelis.Models.Qwen;
using Pixelis.Online;
using Pixelis.Serving;

namespace Pixelis.Cli.Serving;

/// <summary>Loads the agent, serves it until somebody asks to stop, and lets what runs end.</summary>
internal static class ServeSession
{
    // What it takes beyond the grace: cancelled episodes, answers on their way, the model's memory.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(15);

    // An update under way, and a version of what was learnt, tried and written.
    private static readonly TimeSpan LastVersion = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(ServeSettings settings, InvocationConfiguration streams, bool isVerbose, CancellationToken cancellation)
    {
        using var status = new LoadingNotice(streams.Error, $"Loading {settings.Agent.Model}");
        using ILoggerFactory logging = LoggerFactory.Create(builder => Log(builder, isVerbose));
        await using LoadedAgent loaded = await Task.Run(() => LoadedAgent.Load(ChoiceOf(settings) with { Logging = logging }), CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        await using OnlineEvolution? evolution = await EvolveAsync(settings, loaded, logging, cancellation);
        await using WebApplication app = Build(settings, loaded, evolution, isVerbose);
        PixelisServingOptions options = app.Services.GetRequiredService<IOptions<PixelisServingOptions>>().Value;
        Interruption.Grace = options.ShutdownGrace + Farewell + (evolution is null ? TimeSpan.Zero : LastVersion);
        app.MapPixelis();
        await StartAsync(app, settings);
        status.Clear();
        string address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        string access = options.ApiKeys.Count + options.AdminKeys.Count == 0 ? "for this machine, without a key" : "with an API key";
        streams.Output.WriteLine($"listening on {address} ({access})");
        await WaitAsync(cancellation);
        streams.Error.WriteLine("pixelis: stopping; running episodes may end");
        await app.StopAsync(CancellationToken.None);
        if (evolution is not null)
            await evolution.StopAsync(cancellationToken: CancellationToken.None); // what was learnt becomes a version; what waits is learnt after the next start
        return ExitCodes.Success;
    }

    // What learns, and what was learnt, is f32.
    private static AgentChoice ChoiceOf(ServeSettings settings) => settings.Online is null ? settings.Agent : settings.Agent with { Type = WeightType.F32 };

    private static async Task<OnlineEvolution?> EvolveAsync(ServeSettings settings, LoadedAgent loaded, ILoggerFactory logging, CancellationToken cancellation)
    {
        if (settings.Online is not { } options)
            return null;
        Func<QwenVisionLanguageModel>? whole = LearningModel.WholeInstances(settings.Agent.Model, options.LoraRank, LoadedAgent.DeviceOf(settings.Agent.Device));
        OnlineEvolution evolution = await Task.Run(() => OnlineEvolution.Create(loaded.Agent, options, instance: whole, logging: logging), CancellationToken.None);
        try
        {
            await evolution.StartAsync(cancellation); // what cannot be served is told before anybody asks
            return evolution;
        }
        catch
        {
            await evolution.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(ServeSettings settings, LoadedAgent loaded, OnlineEvolution? evolution, bool isVerbose)
    {
        // Nothing is read from appsettings.json of whatever folder this is, nor from ASPNETCORE_ variables.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "pixelis" });
        Log(builder.Logging, isVerbose);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(settings.Address, settings.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loaded.Agent);
        if (evolution is not null)
        {
            builder.Services.AddSingleton(evolution).AddSingleton(evolution.Reviews).AddSingleton(evolution.Feedback).AddSingleton(evolution.State);
            builder.Services.AddSingleton(evolution.Health).AddSingleton(evolution.Alerts);
        }
        builder.Services.AddPixelisServing(settings.Configure);
        return builder.Build();
    }

    private static void Log(ILoggingBuilder builder, bool isVerbose)
    {
        builder.SetMinimumLevel(isVerbose ? LogLevel.Information : LogLevel.Warning);
        builder.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // that it cannot start is told as every problem is
        builder.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        // Standard output is for the address.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static async Task StartAsync(WebApplication app, ServeSettings settings)
    {
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new PixelisException($"Port {settings.Port} of {settings.Address} is in use; choose another one with --port (0 takes a free one).", e);
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new PixelisException($"{settings.Address}:{settings.Port} cannot be listened on: {e.Message}. --host must be an address of this machine, and ports below 1024 may need rights.", e);
        }
    }

    private static async Task WaitAsync(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration _ = cancellation.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }
}
