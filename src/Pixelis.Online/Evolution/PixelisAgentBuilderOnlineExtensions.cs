using Pixelis.Agents;

namespace Pixelis.Online;

/// <summary>The builder's way to an agent that learns while it serves.</summary>
public static class PixelisAgentBuilderOnlineExtensions
{
    /// <summary>
    /// Lets the agent remember what it answered, let its neighbours vote, and learn from what the gates let pass. To be called last: what it returns
    /// builds the whole.
    /// </summary>
    /// <param name="builder">The agent: a local Qwen model, its tools, its settings.</param>
    /// <param name="configure">Sets at least <see cref="OnlineEvolutionOptions.Folder"/>.</param>
    public static OnlineAgentBuilder WithOnlineEvolution(this PixelisAgentBuilder builder, Action<OnlineEvolutionOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new OnlineEvolutionOptions();
        configure(options);
        return new OnlineAgentBuilder(builder, options);
    }
}
