namespace Pixelis.Online.Audit;

/// <summary>What verifying a log found.</summary>
public sealed record AuditReport
{
    /// <summary>Whether every line that the head vouches for is there, unchanged and in order.</summary>
    public bool IsIntact => Break is null;

    /// <summary>The first place that is wrong; null when the log is intact.</summary>
    public AuditBreak? Break { get; init; }

    /// <summary>Lines that belong, up to the end or the break, files' first lines included.</summary>
    public long Lines { get; init; }

    /// <summary>Entries among them.</summary>
    public long Entries { get; init; }

    /// <summary>Files that were read.</summary>
    public int Files { get; init; }

    /// <summary>Time of the first line; null for an empty log.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Time of the last line that belongs; null for an empty log.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>
    /// Lines after the head's: genuine, written but not acknowledged when a process ended (or while this was running). 0 in a log that was closed.
    /// </summary>
    public long AheadOfHead { get; init; }

    /// <summary>
    /// Bytes at the end that make no line, or none that belongs: what a crash left half written, or somebody added. Never acknowledged; the next
    /// opening sets them aside.
    /// </summary>
    public long UnfinishedBytes { get; init; }

    /// <summary>The last line's code, in hexadecimal: together with <see cref="Lines"/> it names this state of the log.</summary>
    public string LastMac { get; init; } = "";
}
