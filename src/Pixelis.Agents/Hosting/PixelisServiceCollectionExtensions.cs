using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pixelis.Agents;
using Pixelis.Agents.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts agents into a service collection.</summary>
public static class PixelisServiceCollectionExtensions
{
    /// <summary>Adds an agent, as the service <see cref="PixelisAgent"/>, described in code.</summary>
    /// <inheritdoc cref="AddPixelis(IServiceCollection, string, IConfiguration, Action{PixelisOptions})" />
    public static IServiceCollection AddPixelis(this IServiceCollection services, Action<PixelisOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, null, null, configure);
    }

    /// <summary>Adds an agent, as the service <see cref="PixelisAgent"/>, described by a configuration section.</summary>
    /// <inheritdoc cref="AddPixelis(IServiceCollection, string, IConfiguration, Action{PixelisOptions})" />
    public static IServiceCollection AddPixelis(this IServiceCollection services, IConfiguration section, Action<PixelisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, null, section, configure);
    }

    /// <summary>Adds an agent under a name, described in code: <c>[FromKeyedServices(name)] PixelisAgent</c>.</summary>
    /// <inheritdoc cref="AddPixelis(IServiceCollection, string, IConfiguration, Action{PixelisOptions})" />
    public static IServiceCollection AddPixelis(this IServiceCollection services, string name, Action<PixelisOptions> configure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, null, configure);
    }

    /// <summary>
    /// Adds an agent under a name, described by a configuration section: <c>[FromKeyedServices(name)] PixelisAgent</c>. The agent is a
    /// singleton, made when it is first asked for (which loads its model, unless another agent has loaded it) and disposed with the
    /// container. Settings are checked when the host starts, or when the agent is first asked for where there is no host; a setting that
    /// does not exist is an error. Adding the same name again adds to its settings.
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="name">The agent's name: its key, and its name in telemetry and logs.</param>
    /// <param name="section">The section that holds the settings themselves.</param>
    /// <param name="configure">Changes the settings after the section was read; null for nothing.</param>
    public static IServiceCollection AddPixelis(this IServiceCollection services, string name, IConfiguration section, Action<PixelisOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, name, section, configure);
    }

    /// <summary>
    /// Offers an agent that was added with <c>AddPixelis</c> as an <see cref="IChatClient"/> too (see
    /// <see cref="PixelisAgentChatClientExtensions.AsChatClient"/>).
    /// </summary>
    /// <param name="services">The collection.</param>
    /// <param name="name">The agent's name, which is also the client's key; null for the agent without one.</param>
    public static IServiceCollection AddPixelisChatClient(this IServiceCollection services, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return name is null
            ? services.AddSingleton(provider => provider.GetRequiredService<PixelisAgent>().AsChatClient())
            : services.AddKeyedSingleton(name, (provider, key) => provider.GetRequiredKeyedService<PixelisAgent>(key).AsChatClient());
    }

    private static IServiceCollection Add(IServiceCollection services, string? name, IConfiguration? section, Action<PixelisOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<PixelisOptions> options = services.AddOptions<PixelisOptions>(name ?? Options.Options.DefaultName);
        if (section is not null)
            options.Bind(section, binder => binder.ErrorOnUnknownConfiguration = true);
        if (configure is not null)
            options.Configure(configure);
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PixelisOptions>, PixelisOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AgentLoader>());
        services.TryAddSingleton<SharedModels>();
        if (services.Any(s => s.ImplementationInstance is AgentName added && added.Name == name))
            return services;
        services.AddSingleton(new AgentName(name));
        return name is null
            ? services.AddSingleton(provider => AgentFactory.Create(provider, null))
            : services.AddKeyedSingleton(name, (provider, _) => AgentFactory.Create(provider, name));
    }
}
