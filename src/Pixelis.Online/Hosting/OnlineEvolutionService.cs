using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pixelis.Online.Hosting;

/// <summary>Starts learning while serving with the host, and stops it with the host.</summary>
internal sealed class OnlineEvolutionService(IServiceProvider services) : IHostedService
{
    // Loading takes a model: off the thread that starts the host.
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        OnlineEvolution evolution = await Task.Run(services.GetRequiredService<OnlineEvolution>, cancellationToken).ConfigureAwait(false);
        await evolution.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => services.GetRequiredService<OnlineEvolution>().StopAsync(cancellationToken: cancellationToken);
}
