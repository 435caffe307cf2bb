namespace Pixelis.Online.Audit;

/// <summary>One reading of a log, file after file.</summary>
internal sealed class AuditWalk(string folder, AuditKey key, AuditHead head, AuditHead? anchor)
{
    private readonly AuditChain _chain = AuditChain.Begin(key);
    private long _unfinished;
    private int _files;
    private DateTimeOffset? _first;
    private AuditBreak? _break;

    public AuditReport Run(CancellationToken cancellationToken)
    {
        IReadOnlyList<int> files = AuditFiles.List(folder);
        for (int i = 0; i < files.Count && _break is null && _unfinished == 0; i++)
        {
            if (files[i] != i + 1)
                _break = new AuditBreak(AuditFiles.NameOf(i + 1), 0, "the file is missing.");
            else
                ReadFile(files[i], isLast: i == files.Count - 1, cancellationToken);
        }
        if (_break is null && _chain.Count < head.Count)
            _break = Cut(head, files.Count, "the head");
        if (_break is null && anchor is not null && _chain.Count < anchor.Count)
            _break = Cut(anchor, files.Count, "the anchor");
        return new AuditReport
        {
            Break = _break,
            Lines = _chain.Count,
            Entries = _chain.Count - _files,
            Files = _files,
            First = _first,
            Last = _chain.Last?.Time,
            UnfinishedBytes = _unfinished,
            LastMac = Convert.ToHexStringLower(_chain.Mac),
        };
    }

    private void ReadFile(int file, bool isLast, CancellationToken cancellationToken)
    {
        string path = AuditFiles.PathOf(folder, file), name = AuditFiles.NameOf(file);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var lines = new AuditLineReader(stream);
        long number = 0;
        while (lines.TryRead(out ReadOnlySpan<byte> line, out bool whole))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string? wrong = whole ? _chain.Follow(line, file, isFirst: ++number == 1) : "the line is not whole";
            if (wrong is null && number == 1)
                _files++;
            if (wrong is null)
            {
                _first ??= _chain.Last!.Time;
                wrong = Contradicts(head, "the head") ?? (anchor is null ? null : Contradicts(anchor, "the anchor"));
            }
            else if (isLast && _chain.Count >= head.Count)
            {
                _unfinished = stream.Length - lines.Offset;
                return;
            }
            if (wrong is not null)
            {
                _break = new AuditBreak(name, whole ? number : number + 1, wrong + ".");
                return;
            }
        }
        // An empty last file: the process ended between making it and writing its first line.
        if (number == 0 && !(isLast && _chain.Count >= head.Count))
            _break = new AuditBreak(name, 0, "the file is empty.");
    }

    private string? Contradicts(AuditHead known, string who) =>
        _chain.Count == known.Count && Convert.ToHexStringLower(_chain.Mac) != known.Mac ? $"it is not the line that {who} vouches for" : null;

    private AuditBreak Cut(AuditHead known, int files, string who) => new(
        AuditFiles.NameOf(Math.Max(1, Math.Max(files, known.File))), 0,
        $"{who} vouches for {known.Count} lines and {_chain.Count} are there: the end was cut off.");
}
