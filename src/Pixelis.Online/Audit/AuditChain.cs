namespace Pixelis.Online.Audit;

/// <summary>How far a log has been followed: checks one line after the other and says why one does not belong.</summary>
internal sealed class AuditChain(AuditKey key, long count, byte[] mac)
{
    /// <summary>Lines so far, headers included.</summary>
    public long Count { get; private set; } = count;

    /// <summary>The code of the last line.</summary>
    public byte[] Mac { get; private set; } = mac;

    /// <summary>What the line said that was followed last.</summary>
    public AuditLineFacts? Last { get; private set; }

    /// <summary>The beginning of a log.</summary>
    public static AuditChain Begin(AuditKey key) => new(key, 0, AuditLine.NoMac);

    /// <summary>
    /// The place in front of a file, as its first line states it; null when that line was not written with the key. What is in front of the file
    /// is not looked at.
    /// </summary>
    public static AuditChain? BeginAt(AuditKey key, int file, ReadOnlySpan<byte> header)
    {
        AuditLineFacts? facts = AuditLineFacts.Read(header);
        if (facts?.Previous is not { Length: AuditLine.MacBytes } previous || facts.Sequence < 1)
            return null;
        var chain = new AuditChain(key, facts.Sequence - 1, previous);
        return chain.Follow(header, file, isFirst: true) is null ? chain : null;
    }

    /// <summary>Goes on by a line.</summary>
    /// <returns>Null, or why the line does not belong; then nothing has changed.</returns>
    public string? Follow(ReadOnlySpan<byte> line, int file, bool isFirst)
    {
        AuditLineFacts? facts = AuditLineFacts.Read(line);
        if (facts is null)
            return "it is not an audit line";
        if (isFirst != facts.File.HasValue)
            return isFirst ? "the file's first line is missing" : "a file's first line stands inside a file";
        if (facts.KeyId is { } id && id != key.Id)
            return $"it was written with key {id}, and this is key {key.Id}";
        if (facts.File is { } number && number != file)
            return $"it is the first line of {AuditFiles.NameOf(number)}";
        if (facts.Sequence != Count + 1)
            return $"it says that it is number {facts.Sequence}, after number {Count}: lines are missing, doubled or moved";
        if (facts.Previous is { } previous && !previous.AsSpan().SequenceEqual(Mac))
            return "it does not continue the file before it: lines of that file are missing or were changed";
        if (!AuditLine.IsSealed(key.LineKey, Mac, line, out byte[] mac))
            return "its authentication code is wrong: it was changed, or the line before it was";
        Count++;
        Mac = mac;
        Last = facts;
        return null;
    }
}
