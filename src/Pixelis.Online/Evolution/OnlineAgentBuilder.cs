using Microsoft.Extensions.Logging;
using Pixelis.Agents;

namespace Pixelis.Online;

/// <summary>Describes an agent that remembers and learns. Nothing is loaded before <see cref="Build"/>. Not thread-safe.</summary>
public sealed class OnlineAgentBuilder
{
    private readonly PixelisAgentBuilder _agent;
    private readonly OnlineEvolutionOptions _options;
    private ILoggerFactory? _logging;

    internal OnlineAgentBuilder(PixelisAgentBuilder agent, OnlineEvolutionOptions options) => (_agent, _options) = (agent, options);

    /// <summary>Where log lines of memory and learning go, without content. Default nowhere; the agent's own are the agent builder's.</summary>
    public OnlineAgentBuilder WithLogging(ILoggerFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _logging = factory;
        return this;
    }

    /// <summary>Checks everything, makes the agent, and opens its memory. Dispose the result with <c>await using</c>: it owns the agent.</summary>
    /// <exception cref="InvalidOperationException">No model was named, or the builder was used before.</exception>
    /// <exception cref="PixelisException">A setting cannot work, the model cannot be loaded or cannot learn, or the folder cannot be used.</exception>
    public OnlineEvolution Build()
    {
        _options.Validate(); // before the weights are read
        PixelisAgent agent = _agent.Build();
        try
        {
            return OnlineEvolution.Create(agent, _options, ownsAgent: true, logging: _logging);
        }
        catch
        {
            agent.Dispose();
            throw;
        }
    }
}
