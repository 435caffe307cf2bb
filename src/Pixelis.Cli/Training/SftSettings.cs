using Pixelis.Training;

namespace Pixelis.Cli.Training;

/// <summary>What <c>pixelis train sft</c> was asked for.</summary>
internal sealed record SftSettings
{
    public required TrainedModelChoice Weights { get; init; }

    public required string Data { get; init; }

    public required string Folder { get; init; }

    public required SftOptions Options { get; init; }

    public string? Validation { get; init; }

    public int AgentExamples { get; init; }

    public int? Threads { get; init; }

    public bool SkipsBrokenLines { get; init; }
}
