namespace Pixelis.Data;

/// <summary>One dataset of a <see cref="FuseManifest"/>.</summary>
public sealed record FuseSource
{
    /// <summary>A JSON Lines file of traces, relative to the manifest.</summary>
    public required string Path { get; init; }

    /// <summary>Most traces taken, the first after stirring; 0 (default) takes all.</summary>
    public int Limit { get; init; }

    /// <summary>What the weights of its traces are multiplied by, not negative; null (default) leaves them.</summary>
    public double? Weight { get; init; }

    /// <summary>Kinds that are taken; empty (default) takes all.</summary>
    public IReadOnlyList<TraceKind> Kinds { get; init; } = [];

    /// <summary>Families that are taken; empty (default) takes all.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Replaces a licence that is "unknown"; null leaves it.</summary>
    public string? License { get; init; }
}
