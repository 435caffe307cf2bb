using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Pixelis.Diagnostics;

namespace Pixelis.Agents.ChatClients;

/// <summary>A chat client over an agent. Thread-safe, as the agent is; keeps no conversation.</summary>
internal sealed class AgentChatClient(PixelisAgent agent, bool ownsAgent) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new(PixelisDiagnostics.ProviderName, providerUri: null, agent.ModelName);

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        AgentRequest request = ChatRequestReader.Read(messages, options, agent);
        return AgentResponseWriter.Whole(await agent.AskAsync(request, cancellationToken));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AgentRequest request = ChatRequestReader.Read(messages, options, agent);
        var writer = new AgentUpdateWriter(agent.ModelName);
        await foreach (AgentEvent happened in agent.StreamAsync(request, cancellationToken))
        {
            foreach (ChatResponseUpdate update in writer.Write(happened))
                yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return _metadata;
        return serviceType.IsInstanceOfType(agent) && serviceType != typeof(object) ? agent : serviceType.IsInstanceOfType(this) ? this : null;
    }

    public void Dispose()
    {
        if (ownsAgent)
            agent.Dispose();
    }
}
