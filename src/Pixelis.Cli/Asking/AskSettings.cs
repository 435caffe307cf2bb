using Pixelis.Agents;
using Pixelis.Agents.Dialects;
using Pixelis.Cli.CommandLine;
using Pixelis.Generation;
using Pixelis.Tools.Visual;

namespace Pixelis.Cli.Asking;

/// <summary>Everything that a command line asks for.</summary>
internal sealed record AskSettings
{
    /// <summary>A folder, or with <see cref="Server"/> a name.</summary>
    public required string Model { get; init; }

    /// <summary>Base address of an OpenAI-compatible server; null for a folder.</summary>
    public Uri? Server { get; init; }

    public required string Question { get; init; }

    public required IReadOnlyList<string> Images { get; init; }

    public required IReadOnlyList<string> Videos { get; init; }

    public string? SystemPrompt { get; init; }

    public required GenerationOptions Generation { get; init; }

    /// <summary>Gives the agent its tools, over the segmenter of <see cref="SamFolder"/> or null.</summary>
    public required Action<VisualToolCatalogue, ISegmenter?> Tools { get; init; }

    /// <summary>A Segment Anything model for the tool that segments; null for GrabCut.</summary>
    public string? SamFolder { get; init; }

    public required AgentDialect Dialect { get; init; }

    public required AgentLimits Limits { get; init; }

    /// <summary>Where the page about the episode goes; null for nowhere.</summary>
    public string? HtmlPath { get; init; }

    /// <summary>Where the record of the episode goes; null for nowhere.</summary>
    public string? TrajectoryPath { get; init; }

    public WeightType? Type { get; init; }

    public required string Device { get; init; }

    public int? Threads { get; init; }
}
