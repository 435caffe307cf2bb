using Pixelis.Online.Privacy;

namespace Pixelis.Online.Audit;

/// <summary>How an audit log is kept.</summary>
public sealed record AuditOptions
{
    /// <summary>
    /// Bytes after which a file is full and the next one begins; default 64 MiB, at least 4096. A file may be longer by the entries that were
    /// written together. Opening a log reads its last file, so larger files open more slowly.
    /// </summary>
    public long MaxFileBytes { get; init; } = 64L << 20;

    /// <summary>Entries that may wait for the disk before <see cref="AuditLog.AppendAsync"/> waits itself; default 4096, at least 1.</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>What personal data are taken out of resources and metadata with, before they are written; null for nothing.</summary>
    public IRedactor? Redactor { get; init; }

    /// <summary>Where the time of entries comes from; null for the system's clock.</summary>
    public TimeProvider? TimeProvider { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 4096);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
    }
}
