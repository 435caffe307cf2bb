using Pixelis.Generation;

namespace Pixelis.Agents;

/// <summary>What an agent's answers depend on beside the question. Immutable.</summary>
public sealed record AgentSettings
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>How agent and model talk.</summary>
    public required string Dialect { get; init; }

    /// <summary>Names of the tools the model may call.</summary>
    public required IReadOnlyList<string> Tools { get; init; }

    /// <summary>Whether the tools are described to the model.</summary>
    public required bool AnnouncesTools { get; init; }

    /// <summary>How tokens are drawn.</summary>
    public required GenerationOptions Generation { get; init; }

    /// <summary>What an episode may spend.</summary>
    public required AgentLimits Limits { get; init; }

    /// <summary>Standing instructions; null for none.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>How large a local model sees pictures; null when its processor is not known, as with a server.</summary>
    public PixelBudget? Pixels { get; init; }

    /// <summary>The number format a local model runs in, such as <c>BFloat16</c>; null when not known.</summary>
    public string? DataType { get; init; }

    /// <summary>Where a local model runs, such as <c>cpu</c>; null when not known.</summary>
    public string? Device { get; init; }
}
