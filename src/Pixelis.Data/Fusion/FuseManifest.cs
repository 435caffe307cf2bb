namespace Pixelis.Data;

/// <summary>Which datasets are put together, and how much of each.</summary>
public sealed record FuseManifest
{
    /// <summary>The version written by this library.</summary>
    public const string CurrentSchema = "pixelis.fuse/1";

    /// <summary>Format and version.</summary>
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Stirs the order of the result. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Least quality of a trace that has been scored; 0 (default) takes all.</summary>
    public double LeastQuality { get; init; }

    /// <summary>The datasets.</summary>
    public required IReadOnlyList<FuseSource> Sources { get; init; }
}
