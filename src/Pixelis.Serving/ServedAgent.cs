using Pixelis.Agents;

namespace Pixelis.Serving;

/// <summary>An agent as it is: no memory, nothing learnt.</summary>
internal sealed class ServedAgent(PixelisAgent agent) : IServedAgent
{
    public string ModelName => agent.ModelName;

    public AgentSettings Settings => agent.Settings;

    public IAsyncEnumerable<AgentEvent> StreamAsync(AgentRequest request, CancellationToken cancellationToken = default) => agent.StreamAsync(request, cancellationToken);
}
