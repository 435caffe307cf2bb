using static TorchSharp.torch;

namespace Pixelis.Cli.Training;

/// <summary>Which weights are trained, and how they are written.</summary>
internal sealed record TrainedModelChoice
{
    public required string Folder { get; init; }

    public int? LoraRank { get; init; }

    public double? LoraAlpha { get; init; }

    public string? RanksFile { get; init; }

    public string? LoraTargets { get; init; }

    public ulong Seed { get; init; }

    public ScalarType ExportType { get; init; } = ScalarType.Float32;
}
