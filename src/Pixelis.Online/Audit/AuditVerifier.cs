namespace Pixelis.Online.Audit;

/// <summary>
/// Checks a log from its first line to its last, with the key and nothing else: no writer, no network. It reads in a buffer of fixed size, and a
/// writer may be at work meanwhile.
/// </summary>
public static class AuditVerifier
{
    /// <summary>Verifies a log.</summary>
    /// <param name="folder">The log's folder, with all its files.</param>
    /// <param name="key">The key it was written with.</param>
    /// <param name="anchor">
    /// A copy of the log's <c>head.json</c> of an earlier day, kept where the log's writer cannot reach; null for none. With it, a log that was put
    /// back to a state before that day, head and all, does not verify.
    /// </param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="AuditException">There is no audit log in the folder, or the anchor is no head.</exception>
    public static AuditReport Verify(string folder, AuditKey key, string? anchor = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(key);
        if (!Directory.Exists(folder))
            throw new AuditException($"{folder}: there is no such folder.");
        string headPath = Path.Combine(folder, AuditFiles.Head);
        if (!File.Exists(headPath) && AuditFiles.List(folder).Count == 0)
            throw new AuditException($"{folder}: there is no audit log in this folder.");
        AuditHead? anchored = anchor is null ? null : AuditHead.Read(anchor, key) ?? throw new AuditException($"{anchor}: there is no such file.");
        AuditHead head;
        try
        {
            head = AuditHead.Read(headPath, key) ?? throw new AuditException($"{headPath}: it is missing.");
        }
        catch (AuditException e)
        {
            return new AuditReport { Break = new AuditBreak(AuditFiles.Head, 0, e.Message[(headPath.Length + 2)..]) };
        }
        var walk = new AuditWalk(folder, key, head, anchored);
        AuditReport report = walk.Run(cancellationToken);
        return report.Break is not null ? report : HeldAgainstTheHead(report, headPath, key);
    }

    // The head is read once more: a writer may have gone on while the log was read.
    private static AuditReport HeldAgainstTheHead(AuditReport report, string path, AuditKey key)
    {
        AuditHead head = AuditHead.Read(path, key) ?? AuditHead.Empty;
        long ahead = Math.Max(0, report.Lines - head.Count);
        // A rotation writes one line more than its entries.
        return ahead <= AuditLog.MostTogether + 1
            ? report with { AheadOfHead = ahead }
            : report with
            {
                AheadOfHead = ahead,
                Break = new AuditBreak(AuditFiles.Head, 0, $"it vouches for {head.Count} lines and the log has {report.Lines}: an older head was put back."),
            };
    }
}
