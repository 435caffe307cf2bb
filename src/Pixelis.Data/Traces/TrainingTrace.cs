using System.Text.Json;
using System.Text.Json.Serialization;
using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>
/// One episode to learn from: the task, what was said, called and seen, and which of the model's turns are targets. One JSON object;
/// fields that this version does not know are kept. Immutable but for <see cref="Extra"/>.
/// </summary>
public sealed record TrainingTrace
{
    /// <summary>The version written by this library.</summary>
    public const string CurrentSchema = "pixelis.trace/1";

    /// <summary>Format and version.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>The task.</summary>
    public required Example Example { get; init; }

    /// <summary>The episode, as an agent's loop recorded it. Turns of a demonstrator carry text and no token ids.</summary>
    public required Trajectory Trajectory { get; init; }

    /// <summary>
    /// One flag for each assistant turn in order: true = the turn's tokens are targets, false = they are context only (wrong turns).
    /// </summary>
    public required IReadOnlyList<bool> Loss { get; init; }

    /// <summary>What the trace teaches.</summary>
    public TraceKind Kind { get; init; }

    /// <summary>How often it is drawn beside others of weight 1: traps 1.5, self-corrections 1.2.</summary>
    [JsonRequired]
    public double Weight { get; init; } = 1;

    /// <summary>Names of the tools that were offered; empty for a task without tools.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>How the trace was made.</summary>
    public string Provenance { get; init; } = "";

    /// <summary>Licence as an SPDX expression; "unknown" when not stated.</summary>
    public string License { get; init; } = "unknown";

    /// <summary>Quality from a scorer, 1 (poor) to 5 (good); null when not scored.</summary>
    public double? Quality { get; init; }

    /// <summary>Difficulty from a scorer, 0 (easy) to 1 (hard); null when not scored.</summary>
    public double? DifficultyScore { get; init; }

    /// <summary>Fields of other versions and programs, kept as they were.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Extra { get; set; }
}
