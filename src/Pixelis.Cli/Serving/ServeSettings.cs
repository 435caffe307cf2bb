using System.Net;
using Pixelis.Cli.Asking;
using Pixelis.Online;
using Pixelis.Serving;

namespace Pixelis.Cli.Serving;

/// <summary>What <c>pixelis serve</c> was asked to do.</summary>
internal sealed record ServeSettings
{
    public required AgentChoice Agent { get; init; }

    public required IPAddress Address { get; init; }

    /// <summary>0 for a free one.</summary>
    public required int Port { get; init; }

    /// <summary>How it remembers and learns; null for neither.</summary>
    public OnlineEvolutionOptions? Online { get; init; }

    /// <summary>Sets limits, keys and the model's name.</summary>
    public required Action<PixelisServingOptions> Configure { get; init; }
}
