using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pixelis.Agents;
using Pixelis.Online;
using Pixelis.Online.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts learning while serving into a service collection.</summary>
public static class PixelisOnlineServiceCollectionExtensions
{
    /// <summary>Lets the agent that was added with <c>AddPixelis</c> learn while it serves, described in code.</summary>
    /// <inheritdoc cref="AddPixelisOnline(IServiceCollection, IConfiguration, Action{OnlineEvolutionOptions}, string)" />
    public static IServiceCollection AddPixelisOnline(this IServiceCollection services, Action<OnlineEvolutionOptions> configure, string? agent = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, null, configure, agent);
    }

    /// <summary>
    /// Lets the agent that was added with <c>AddPixelis</c> learn while it serves. Adds <see cref="OnlineEvolution"/>, its <see cref="OnlineAgent"/>, and what is
    /// shown of them: <see cref="IReviewQueue"/>, <see cref="IFeedbackSink"/>, <see cref="Pixelis.Online.State.IOnlineState"/>,
    /// <see cref="Pixelis.Online.Health.HealthMonitor"/>, <see cref="Pixelis.Online.Alerts.AlertMonitor"/>. It is loaded, and the worker started, when the
    /// host starts; the host's end stops it, and makes what was learnt a version. Settings are checked at the start; one that does not exist is an error.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="section">The section that holds the settings themselves.</param>
    /// <param name="configure">Changes the settings after the section was read; null for nothing.</param>
    /// <param name="agent">The agent's name; null (default) for the one without.</param>
    public static IServiceCollection AddPixelisOnline(this IServiceCollection services, IConfiguration section, Action<OnlineEvolutionOptions>? configure = null, string? agent = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, section, configure, agent);
    }

    private static IServiceCollection Add(IServiceCollection services, IConfiguration? section, Action<OnlineEvolutionOptions>? configure, string? agent)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<OnlineEvolutionOptions> options = services.AddOptions<OnlineEvolutionOptions>();
        if (section is not null)
            options.Bind(section, binder => binder.ErrorOnUnknownConfiguration = true);
        if (configure is not null)
            options.Configure(configure);
        options.ValidateOnStart();
        if (services.Any(s => s.ServiceType == typeof(OnlineEvolution)))
            return services; // a second call adds to the settings
        services.AddSingleton<IValidateOptions<OnlineEvolutionOptions>, OnlineEvolutionOptionsValidator>();
        services.AddSingleton(provider => OnlineEvolution.Create(
            agent is null ? provider.GetRequiredService<PixelisAgent>() : provider.GetRequiredKeyedService<PixelisAgent>(agent),
            provider.GetRequiredService<IOptions<OnlineEvolutionOptions>>().Value, logging: provider.GetService<ILoggerFactory>()));
        services.AddSingleton(provider => provider.GetRequiredService<OnlineEvolution>().Agent);
        services.AddSingleton(provider => provider.GetRequiredService<OnlineEvolution>().Reviews);
        services.AddSingleton(provider => provider.GetRequiredService<OnlineEvolution>().Feedback);
        services.AddSingleton(provider => provider.GetRequiredService<OnlineEvolution>().State);
        services.AddSingleton(provider => provider.GetRequiredService<OnlineEvolution>().Health);
        services.AddSingleton(provider => provider.GetRequiredService<OnlineEvolution>().Alerts);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OnlineEvolutionService>());
        return services;
    }
}
