using Pixelis.Generation;

namespace Pixelis.Agents;

/// <summary>A question to an agent.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Media">Images and videos, numbered from 1 in this order.</param>
public sealed record AgentRequest(string Question, IReadOnlyList<ContentPart> Media)
{
    /// <summary>
    /// Earlier turns of the same conversation, oldest first: users, assistants and tools, no system turn. They are shown to the model
    /// before the question, and their pictures are numbered before its own. The trajectory records them as injected: the model took none of
    /// them in this episode. Default: none.
    /// </summary>
    public IReadOnlyList<Message> History { get; init; } = [];

    /// <summary>
    /// The id of the episode's trajectory, which must be unique: for a caller who has to name the episode before it ends. Default null: the agent
    /// makes one.
    /// </summary>
    public string? TrajectoryId { get; init; }

    /// <summary>How tokens are drawn; null for the agent's own setting.</summary>
    public GenerationOptions? Generation { get; init; }

    /// <summary>Standing instructions in front of the question; null for the agent's own setting.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>What the episode may spend; null for the agent's own setting.</summary>
    public AgentLimits? Limits { get; init; }

    /// <summary>
    /// Who asks, by any name that stays the same; null (default) when not known. The agent makes nothing of it. A memory keeps a keyed hash of it, by which
    /// the person can be forgotten.
    /// </summary>
    public string? User { get; init; }

    /// <summary>Files the media came from, by number, for the record.</summary>
    public IReadOnlyDictionary<int, string> Paths { get; init; } = new Dictionary<int, string>();
}
