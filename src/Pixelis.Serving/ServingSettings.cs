using Microsoft.Extensions.Options;

namespace Pixelis.Serving;

/// <summary>The options of this server, and what follows from them and its agent. They do not change while it runs.</summary>
internal sealed class ServingSettings(IOptions<PixelisServingOptions> options, IServedAgent agent)
{
    public PixelisServingOptions Options { get; } = options.Value;

    public IServedAgent Agent => agent;

    /// <summary>What the model is called on the wire.</summary>
    public string ModelId { get; } = options.Value.ModelId ?? agent.ModelName;

    public DateTimeOffset StartedAt { get; } = DateTimeOffset.UtcNow;
}
