using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Pixelis.Agents.Hosting;

/// <summary>Makes the agents that are to be ready when the host is.</summary>
internal sealed class AgentLoader(IServiceProvider services, IEnumerable<AgentName> agents, IOptionsMonitor<PixelisOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            foreach (AgentName agent in agents.Where(a => options.Get(a.Name).LoadAtStart))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _ = agent.Name is null ? services.GetRequiredService<PixelisAgent>() : services.GetRequiredKeyedService<PixelisAgent>(agent.Name);
            }
        },
        cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
