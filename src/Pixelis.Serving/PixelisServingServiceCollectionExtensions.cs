using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pixelis.Agents;
using Pixelis.Online;
using Pixelis.Online.Metrics;
using Pixelis.Serving;
using Pixelis.Serving.Access;
using Pixelis.Serving.Admission;
using Pixelis.Serving.Chat;
using Pixelis.Serving.Feedback;
using Pixelis.Serving.Health;
using Pixelis.Serving.Live;
using Pixelis.Serving.Models;
using Pixelis.Serving.Review;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what serves an agent over HTTP.</summary>
public static class PixelisServingServiceCollectionExtensions
{
    // What an episode that was cancelled, and its answer, get on top of the grace.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds what <c>MapPixelis</c> maps: it serves the <see cref="IServedAgent"/> of the collection, or else what
    /// <c>AddPixelisOnline</c> added, or else its <see cref="PixelisAgent"/> (<c>AddPixelis</c>). Of what learns, it shows whatever is registered: <see cref="Pixelis.Online.State.IOnlineState"/>,
    /// <see cref="Pixelis.Online.IReviewQueue"/>, <see cref="Pixelis.Online.IFeedbackSink"/>, <see cref="Pixelis.Online.Health.HealthMonitor"/>. Adds health checks. The
    /// host's shutdown timeout becomes at least <see cref="PixelisServingOptions.ShutdownGrace"/> and 5 s.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="configure">Changes the settings; null for the defaults.</param>
    public static IServiceCollection AddPixelisServing(this IServiceCollection services, Action<PixelisServingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<PixelisServingOptions> options = services.AddOptions<PixelisServingOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PixelisServingOptions>, PixelisServingOptionsValidator>());
        if (services.Any(s => s.ServiceType == typeof(ServingSettings)))
            return services;
        services.AddOptions<HostOptions>().PostConfigure<IOptions<PixelisServingOptions>>((host, serving) =>
            host.ShutdownTimeout = TimeSpan.FromTicks(Math.Max(host.ShutdownTimeout.Ticks, (serving.Value.ShutdownGrace + Farewell).Ticks)));
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IServedAgent>(provider => provider.GetService<OnlineEvolution>() is { } evolution
            ? new EvolvingServedAgent(evolution)
            : new ServedAgent(provider.GetRequiredService<PixelisAgent>()));
        services.TryAddSingleton<MetricsCollector>();
        AddParts(services);
        services.AddHealthChecks().AddCheck<ServingHealthCheck>(ServingHealthCheck.Name).AddCheck<LearningHealthCheck>(LearningHealthCheck.Name);
        return services;
    }

    private static void AddParts(IServiceCollection services)
    {
        services.AddSingleton<ServingSettings>().AddSingleton<ServingLifetime>().AddSingleton<EpisodeSlots>();
        services.AddSingleton<ApiKeyRing>().AddSingleton<RequestRates>().AddSingleton<AccessGuard>();
        services.AddSingleton<JsonBody>().AddSingleton<ChatCallReader>().AddSingleton<EpisodeRun>().AddSingleton<ChatEndpoint>();
        services.AddSingleton<AnswerLog>().AddSingleton<LiveState>().AddSingleton<LiveEndpoint>().AddSingleton<LivePage>();
        services.AddSingleton<ModelsEndpoint>().AddSingleton<FeedbackEndpoint>().AddSingleton<ReviewEndpoint>().AddSingleton<HealthEndpoint>();
        services.AddSingleton<MetricsEndpoint>().AddHostedService(provider => provider.GetRequiredService<MetricsEndpoint>());
    }
}
