using Microsoft.Extensions.Logging;
using Pixelis.Agents;
using Pixelis.Agents.Dialects;
using Pixelis.Cli.CommandLine;
using Pixelis.Generation;
using Pixelis.Tools.Visual;

namespace Pixelis.Cli.Asking;

/// <summary>The agent that a command line describes.</summary>
internal sealed record AgentChoice
{
    /// <summary>A folder, or with <see cref="Server"/> a name.</summary>
    public required string Model { get; init; }

    /// <summary>Base address of an OpenAI-compatible server; null for a folder.</summary>
    public Uri? Server { get; init; }

    public string? SystemPrompt { get; init; }

    public required GenerationOptions Generation { get; init; }

    /// <summary>Gives the agent its tools, over the segmenter of <see cref="SamFolder"/> or null.</summary>
    public required Action<VisualToolCatalogue, ISegmenter?> Tools { get; init; }

    /// <summary>A Segment Anything model for the tool that segments; null for GrabCut.</summary>
    public string? SamFolder { get; init; }

    public required AgentDialect Dialect { get; init; }

    public required AgentLimits Limits { get; init; }

    public WeightType? Type { get; init; }

    public required string Device { get; init; }

    public int? Threads { get; init; }

    /// <summary>Where the agent logs to; with it, it reports metrics as well. Null for neither.</summary>
    public ILoggerFactory? Logging { get; init; }
}
