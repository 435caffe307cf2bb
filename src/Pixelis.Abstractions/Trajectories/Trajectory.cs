using System.Text.Json;
using System.Text.Json.Serialization;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Trajectories;

/// <summary>The record of one episode: everything that was said, seen, called and sampled.</summary>
public sealed record Trajectory
{
    /// <summary>The format this version writes.</summary>
    public const string CurrentSchema = "pixelis.trajectory/1";

    /// <summary>Format of the record.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>A unique name.</summary>
    public required string Id { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The weights that sampled the tokens; <c>base</c> for a model as loaded.</summary>
    public string PolicyVersion { get; init; } = "base";

    /// <summary>When the episode began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The question asked.</summary>
    public required string Question { get; init; }

    /// <summary>Standing instructions in front of the question; null when there were none of the agent's own.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Name of the dialect that worded the turns; null in records that do not say.</summary>
    public string? Dialect { get; init; }

    /// <summary>The tools the model was told about.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>Pictures and videos, by number.</summary>
    public IReadOnlyList<TrajectoryInput> Inputs { get; init; } = [];

    /// <summary>The turns in order.</summary>
    public IReadOnlyList<TrajectoryTurn> Turns { get; init; } = [];

    /// <summary>Every token id in order; empty for a remote model that reports none.</summary>
    public IReadOnlyList<int> TokenIds { get; init; } = [];

    /// <summary>Where each token came from.</summary>
    public IReadOnlyList<TokenProvenance> Provenance { get; init; } = [];

    /// <summary>Natural logarithm of each token's probability when it was sampled; 0 for injected tokens.</summary>
    public IReadOnlyList<float> LogProbabilities { get; init; } = [];

    /// <summary>The answer, or null when the episode ended without one.</summary>
    public string? Answer { get; init; }

    /// <summary>Why the episode ended.</summary>
    public required EndReason EndReason { get; init; }

    /// <summary>What went wrong, for <see cref="EndReason.Failed"/>.</summary>
    public string? Error { get; init; }

    /// <summary>How long the episode took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The seed of the episode's draws, when one was set.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The pictures and videos themselves, while the trajectory is in memory; not written to JSON.</summary>
    [JsonIgnore]
    public IReadOnlyList<NumberedVisual> Media { get; init; } = [];

    /// <summary>Fields of a later version, kept as they were.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}
