namespace Pixelis.Online.Updates;

/// <summary>How versions are kept.</summary>
public sealed record PolicyVersionStoreOptions
{
    /// <summary>Newest versions that are kept, beside the one that serves and the one that learns. Default 10, at least 1.</summary>
    public int Keep { get; init; } = 10;

    /// <summary>Where the time comes from; null for the system's clock.</summary>
    public TimeProvider? TimeProvider { get; init; }
}
