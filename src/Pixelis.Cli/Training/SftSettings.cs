using Pixelis.Training;
using static TorchSharp.torch;

namespace Pixelis.Cli.Training;

/// <summary>What <c>pixelis train sft</c> was asked for.</summary>
internal sealed record SftSettings
{
    public required string Model { get; init; }

    public required string Data { get; init; }

    public required string Folder { get; init; }

    public required SftOptions Options { get; init; }

    public string? Validation { get; init; }

    public int AgentExamples { get; init; }

    public int? LoraRank { get; init; }

    public double? LoraAlpha { get; init; }

    public string? RanksFile { get; init; }

    public string? LoraTargets { get; init; }

    public int? Threads { get; init; }

    public bool SkipsBrokenLines { get; init; }

    public ScalarType ExportType { get; init; } = ScalarType.Float32;
}
