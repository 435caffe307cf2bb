namespace Pixelis.Online.Updates;

/// <summary>What became of an attempt to publish a version.</summary>
public enum ReleaseKind
{
    /// <summary>It is served.</summary>
    Published,

    /// <summary>It is kept and learnt on from, and not served: shadow mode.</summary>
    Kept,

    /// <summary>The canary found it worse than it may be. It is gone, and learning goes on from the last good version.</summary>
    Rejected,

    /// <summary>It could not be written or loaded. What is served stays, and the next attempt will hold what this one did.</summary>
    Failed,

    /// <summary>Nothing was learnt since the last one.</summary>
    Nothing,

    /// <summary>An earlier version was put back.</summary>
    RolledBack,
}
