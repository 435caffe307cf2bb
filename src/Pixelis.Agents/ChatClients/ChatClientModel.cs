using Microsoft.Extensions.AI;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Agents.ChatClients;

/// <summary>
/// Any <see cref="IChatClient"/> as an agent's model. A remote model reports no tokens, so its trajectories hold text but neither
/// token ids nor log-probabilities, and cannot be trained on.
/// </summary>
public sealed class ChatClientModel : IVisionLanguageModel
{
    private readonly IChatClient _client;
    private readonly bool _ownsClient;

    /// <summary>Wraps a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="contextLength">Most tokens the remote model holds, for those who ask; the server is the judge. Default 32,768.</param>
    /// <param name="seesImages">Whether images may be sent. Default true.</param>
    /// <param name="ownsClient">Whether disposing the model disposes the client. Default false.</param>
    public ChatClientModel(IChatClient client, int contextLength = 32_768, bool seesImages = true, bool ownsClient = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _ownsClient = ownsClient;
        ContextLength = contextLength;
        SeesImages = seesImages;
        var metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        Name = metadata?.DefaultModelId ?? client.GetType().Name;
        Provider = metadata?.ProviderName ?? client.GetType().Name;
    }

    /// <summary>Who runs the model, for telemetry.</summary>
    internal string Provider { get; }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public int ContextLength { get; }

    /// <inheritdoc />
    public bool SeesImages { get; }

    /// <inheritdoc />
    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) => new ChatClientConversation(_client, tools ?? [], SeesImages);

    /// <inheritdoc />
    public void Dispose()
    {
        if (_ownsClient)
            _client.Dispose();
    }
}
