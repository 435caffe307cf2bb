using Pixelis.Cli.CommandLine;
using Pixelis.Generation;

namespace Pixelis.Cli.Asking;

/// <summary>Everything that a command line asks for.</summary>
internal sealed record AskSettings
{
    public required string Model { get; init; }

    public required string Question { get; init; }

    public required IReadOnlyList<string> Images { get; init; }

    public required IReadOnlyList<string> Videos { get; init; }

    public string? SystemPrompt { get; init; }

    public required GenerationOptions Generation { get; init; }

    public WeightType? Type { get; init; }

    public required string Device { get; init; }

    public int? Threads { get; init; }
}
