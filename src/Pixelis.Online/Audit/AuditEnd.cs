namespace Pixelis.Online.Audit;

/// <summary>Where a log on disk ends, found by reading its last file.</summary>
/// <param name="Chain">The log up to its last line that belongs.</param>
/// <param name="File">Number of the file that holds it; 0 when there is none yet.</param>
/// <param name="Length">Bytes of that file up to its end.</param>
/// <param name="TornFiles">Later files whose first line does not belong.</param>
internal sealed record AuditEnd(AuditChain Chain, int File, long Length, IReadOnlyList<int> TornFiles)
{
    /// <summary>Finds the end and holds it against the head.</summary>
    /// <exception cref="AuditException">What the head vouches for is not there.</exception>
    public static AuditEnd Find(string folder, AuditKey key, AuditHead head)
    {
        IReadOnlyList<int> files = AuditFiles.List(folder);
        int last = files.Count - 1;
        while (last >= 0)
        {
            if (Read(folder, key, files[last], head) is { } end)
                return end with { TornFiles = [.. files.Skip(last + 1)] };
            last--;
        }
        var begin = new AuditEnd(AuditChain.Begin(key), 0, 0, files);
        return head.Count == 0 ? begin : throw Missing(folder, head, 0);
    }

    private static AuditEnd? Read(string folder, AuditKey key, int file, AuditHead head)
    {
        using var lines = new AuditLineReader(System.IO.File.OpenRead(AuditFiles.PathOf(folder, file)));
        if (!lines.TryRead(out ReadOnlySpan<byte> header, out bool whole) || !whole || AuditChain.BeginAt(key, file, header) is not { } chain)
            return null;
        long length = lines.Next;
        bool vouched = IsVouched(chain, head) || (chain.Count - 1 == head.Count && chain.Last!.Previous!.AsSpan().SequenceEqual(Convert.FromHexString(head.Mac)));
        while (lines.TryRead(out ReadOnlySpan<byte> line, out whole) && whole && chain.Follow(line, file, isFirst: false) is null)
        {
            length = lines.Next;
            vouched |= IsVouched(chain, head);
        }
        return vouched ? new AuditEnd(chain, file, length, []) : throw Missing(folder, head, chain.Count);
    }

    private static bool IsVouched(AuditChain chain, AuditHead head) => chain.Count == head.Count && Convert.ToHexStringLower(chain.Mac) == head.Mac;

    private static AuditException Missing(string folder, AuditHead head, long count) => new(
        $"{folder}: the head vouches for {head.Count} lines, and the log does not lead there (it ends after {count}): it was changed, cut, or put back. "
        + "'pixelis audit verify' says where. To go on with a new log, keep this folder as it is and name another one.");
}
