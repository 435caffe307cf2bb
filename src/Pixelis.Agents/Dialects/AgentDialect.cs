using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Dialects;

/// <summary>
/// How an agent talks with its model: what the question looks like, which calls of a turn count, how an observation is worded,
/// where the answer stands. Stateless and thread-safe.
/// </summary>
public abstract class AgentDialect
{
    private protected AgentDialect()
    {
    }

    /// <summary>Pixelis's own: Qwen's tool format, all calls of a turn, observations as tool turns, answer in <c>\boxed{}</c> or plain.</summary>
    public static AgentDialect Pixelis { get; } = new PixelisDialect();

    /// <summary>
    /// The turns, texts and coordinate rule of the released Pixel-Reasoner checkpoints (TIGER-AI-Lab), to be used with
    /// <see cref="VisualToolCatalogue.PixelReasoner"/>. Without limits of its own the agent takes the released ones: 4 calls, 16 pictures,
    /// 12,088 tokens.
    /// </summary>
    public static AgentDialect PixelReasoner { get; } = new PixelReasonerDialect();

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<AgentDialect> All { get; } = [Pixelis, PixelReasoner];

    /// <summary>A short name for logs.</summary>
    public abstract string Name { get; }

    /// <summary>How the model writes places, unless the model says otherwise.</summary>
    public abstract CoordinateSpace Coordinates { get; }

    /// <summary>What an episode may spend when nobody says otherwise.</summary>
    internal virtual AgentLimits Limits => new();

    /// <summary>The question's media as the model is to be shown them.</summary>
    internal virtual IReadOnlyList<ContentPart> Prepare(IReadOnlyList<ContentPart> media) => media;

    /// <summary>The user turn that asks the question.</summary>
    internal abstract Message Ask(string question, IReadOnlyList<ContentPart> media, IReadOnlyList<ToolDefinition> tools);

    /// <summary>The calls of a turn that are to be run.</summary>
    internal abstract IReadOnlyList<Loop.ParsedToolCall> ReadCalls(string turn);

    /// <summary>The turn that tells the model what its calls returned.</summary>
    internal abstract Message Observe(IReadOnlyList<Observation> observations);

    /// <summary>The answer in a turn without calls; null when it is empty.</summary>
    internal abstract string? ReadAnswer(string turn);

    /// <summary>One result to be worded.</summary>
    internal readonly record struct Observation(ToolCall Call, ToolResult Result, IReadOnlyList<NumberedVisual> Added);
}
