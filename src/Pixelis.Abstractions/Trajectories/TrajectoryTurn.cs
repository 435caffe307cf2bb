using System.Text.Json.Serialization;
using Pixelis.Tools;

namespace Pixelis.Trajectories;

/// <summary>One turn of a trajectory.</summary>
public sealed record TrajectoryTurn
{
    /// <summary>Who speaks.</summary>
    public required Role Role { get; init; }

    /// <summary>The text: what was asked, what the model wrote (calls included), what tools returned.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Whether this is an assistant's turn of an earlier conversation that was shown to the model: it took no such turn in this episode, and
    /// none of its tokens was sampled.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsInjected { get; init; }

    /// <summary>The calls of an injected turn, which the model was shown in its template's own words; a turn that the model took has them in its text. Null for none.</summary>
    public IReadOnlyList<ToolCall>? ToolCalls { get; init; }

    /// <summary>The reasoning of an injected turn where it was kept apart from its text; null when there was none.</summary>
    public string? Reasoning { get; init; }

    /// <summary>First token of the turn in <see cref="Trajectory.TokenIds"/>.</summary>
    public int TokenStart { get; init; }

    /// <summary>Number of tokens; 0 when the model reports none (a remote one).</summary>
    public int TokenCount { get; init; }

    /// <summary>The text each token of an assistant turn completed, in order; empty when the model reports no tokens.</summary>
    public IReadOnlyList<string> TokenTexts { get; init; } = [];

    /// <summary>The tool calls an assistant turn made, with their results.</summary>
    public IReadOnlyList<ToolInvocation> Invocations { get; init; } = [];

    /// <summary>Numbers of the pictures and videos shown in this turn.</summary>
    public IReadOnlyList<int> InputNumbers { get; init; } = [];

    /// <summary>
    /// Where each of <see cref="InputNumbers"/> stands in <see cref="Text"/>: the number of characters before it. Empty when the model
    /// was shown no pixels, because it reads text only, and in records that do not say.
    /// </summary>
    public IReadOnlyList<int> InputPositions { get; init; } = [];

    /// <summary>Time the turn took.</summary>
    public TimeSpan Duration { get; init; }
}
