using Microsoft.Extensions.AI;
using Pixelis.Agents.ChatClients;

namespace Pixelis.Agents;

/// <summary>Offers an agent to code that knows <see cref="IChatClient"/>.</summary>
public static class PixelisAgentChatClientExtensions
{
    /// <summary>
    /// The agent as a chat client. It runs its own tools: their calls and results are reported, marked as done, and nobody is asked to
    /// run them.
    /// </summary>
    /// <remarks>
    /// <para>Messages: leading system messages and <see cref="ChatOptions.Instructions"/> take the place of the agent's system prompt; the
    /// last messages, which must be the user's, are the question; what lies between is shown to the model as it was said. Pictures come
    /// as <see cref="DataContent"/>; nothing is fetched from an address. Within a message, pictures are shown before text.</para>
    /// <para>Options: temperature, top-p, top-k, most tokens (of each turn of the model), presence penalty, seed and stop sequences are
    /// followed; everything else that would change the answer is refused with <see cref="NotSupportedException"/>.</para>
    /// <para>Whole responses: the text is the agent's answer; what the model wrote on the way is reasoning content. Streams: text as the
    /// model writes it, without its tool calls; it may differ from the answer by its wrapping (<c>\boxed{}</c>). Either way the last
    /// message or update has the <see cref="AgentAnswer"/> as raw representation, and <c>AdditionalProperties</c> (of the response, of
    /// the last message or update) holds the trajectory under <see cref="TrajectoryProperty"/>. An episode that a limit ended says which in its finish reason.</para>
    /// </remarks>
    /// <param name="agent">The agent.</param>
    /// <param name="ownsAgent">Whether disposing the client disposes the agent. Default false.</param>
    public static IChatClient AsChatClient(this PixelisAgent agent, bool ownsAgent = false)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return new AgentChatClient(agent, ownsAgent);
    }

    /// <summary>The key of the <see cref="Trajectories.Trajectory"/> in a response's additional properties.</summary>
    public const string TrajectoryProperty = "pixelis.trajectory";
}
