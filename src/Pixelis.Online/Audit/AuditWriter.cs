using System.Globalization;
using System.Security.Cryptography;

namespace Pixelis.Online.Audit;

/// <summary>
/// Writes a log's files: lines, flush, head, in this order, so that a log is never behind its head. Used by one thread at a time; the folder is
/// locked against other processes.
/// </summary>
internal sealed class AuditWriter : IDisposable
{
    private readonly string _folder;
    private readonly AuditKey _key;
    private readonly AuditOptions _options;
    private readonly TimeProvider _time;
    private readonly FileStream _lock;
    private FileStream? _stream;
    private AuditEnd _end;
    private Exception? _fault;

    private AuditWriter(string folder, AuditKey key, AuditOptions options, FileStream folderLock)
    {
        (_folder, _key, _options, _lock) = (folder, key, options, folderLock);
        _time = options.TimeProvider ?? TimeProvider.System;
        _end = new AuditEnd(AuditChain.Begin(key), 0, 0, []);
    }

    /// <summary>The number and code of the last line.</summary>
    public (long Count, byte[] Mac) Last => (_end.Chain.Count, _end.Chain.Mac);

    /// <summary>Locks a folder and finds the end of its log; what a crash left half written is set aside and put on record.</summary>
    public static AuditWriter Open(string folder, AuditKey key, AuditOptions options)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var writer = new AuditWriter(folder, key, options, LockFolder(folder));
        try
        {
            writer.Recover();
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Writes entries and returns when they survive a crash; when it throws, none of them is in the log.</summary>
    /// <param name="entries">What <see cref="AuditLine.Fields"/> made of each.</param>
    /// <returns>Number of the first one.</returns>
    public long Commit(IReadOnlyList<byte[]> entries)
    {
        if (_fault is not null)
            throw new AuditException($"{_folder}: an earlier failure left the log in doubt; open it anew.", _fault);
        if (_end.File == 0 || _end.Length >= _options.MaxFileBytes)
            BeginFile();
        AuditChain chain = _end.Chain;
        byte[] mac = chain.Mac;
        using var block = new MemoryStream();
        for (int i = 0; i < entries.Count; i++)
            block.Write(AuditLine.Seal(_key.LineKey, mac, chain.Count + 1 + i, entries[i], out mac));
        var next = new AuditEnd(new AuditChain(_key, chain.Count + entries.Count, mac), _end.File, _end.Length + block.Length, []);
        try
        {
            _stream!.Write(block.GetBuffer(), 0, (int)block.Length);
            _stream.Flush(flushToDisk: true);
            HeadOf(next).Prepare(_folder, _key, _time.GetUtcNow());
        }
        catch (Exception e) // not only IOException: what is too large for a file system is an ArgumentException
        {
            TakeBack();
            throw new AuditException($"{_folder}: the audit log cannot be written: {e.Message}", e);
        }
        PublishHead();
        _end = next;
        return chain.Count + 1;
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _lock.Dispose();
    }

    private static FileStream LockFolder(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, AuditFiles.Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(Path.Combine(folder, AuditFiles.Lock)))
        {
            throw new AuditException($"{folder}: another process writes this audit log; only one may. End it, or name another folder.", e);
        }
    }

    private void Recover()
    {
        AuditHead? head = AuditHead.Read(Path.Combine(_folder, AuditFiles.Head), _key);
        if (head is null)
        {
            if (AuditFiles.List(_folder).Count > 0)
                throw new AuditException($"{_folder}: there are files of an audit log and no head: it was removed. Keep the folder as it is and name another one.");
            head = AuditHead.Empty;
            head.Prepare(_folder, _key, _time.GetUtcNow());
            AuditHead.Publish(_folder);
        }
        _end = AuditEnd.Find(_folder, _key, head);
        List<byte[]> records = [.. _end.TornFiles.Select(SetFileAside)];
        if (_end.File > 0)
        {
            string path = AuditFiles.PathOf(_folder, _end.File);
            _stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            if (_stream.Length > _end.Length)
                records.Add(SetTailAside(_stream));
            _stream.Position = _end.Length;
        }
        if (_end.Chain.Count > head.Count)
        {
            HeadOf(_end).Prepare(_folder, _key, _time.GetUtcNow());
            AuditHead.Publish(_folder);
        }
        if (records.Count > 0)
            Commit(records);
    }

    private byte[] SetFileAside(int file)
    {
        string from = AuditFiles.PathOf(_folder, file), to = AuditFiles.FreeTornName(_folder, file);
        File.Move(from, to);
        FolderSync.Flush(_folder);
        return RecordOf(from, to);
    }

    private byte[] SetTailAside(FileStream stream)
    {
        string to = AuditFiles.FreeTornName(_folder, _end.File);
        stream.Position = _end.Length;
        using (FileStream copy = File.Create(to))
        {
            stream.CopyTo(copy);
            copy.Flush(flushToDisk: true);
        }
        FolderSync.Flush(_folder);
        stream.SetLength(_end.Length);
        stream.Flush(flushToDisk: true);
        return RecordOf(AuditFiles.PathOf(_folder, _end.File), to);
    }

    private byte[] RecordOf(string file, string kept)
    {
        using FileStream stream = File.OpenRead(kept);
        string hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return AuditLine.Fields(new AuditEntry
        {
            Type = "audit",
            Actor = "pixelis",
            Action = "set-aside",
            Resource = Path.GetFileName(file),
            Metadata = new Dictionary<string, string>
            {
                ["bytes"] = stream.Length.ToString(CultureInfo.InvariantCulture), ["kept_as"] = Path.GetFileName(kept), ["sha256"] = hash,
            },
        }, _time.GetUtcNow());
    }

    private AuditHead HeadOf(AuditEnd end) => new(end.Chain.Count, Convert.ToHexStringLower(end.Chain.Mac), Math.Max(1, end.File));

    // The next file begins with a line that carries the chain over. The head does not vouch for that line before the next entries.
    private void BeginFile()
    {
        AuditChain chain = _end.Chain;
        int file = _end.File + 1;
        string path = AuditFiles.PathOf(_folder, file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, options);
            byte[] fields = AuditLine.HeaderFields(file, _key.Id, chain.Mac, _time.GetUtcNow());
            byte[] line = AuditLine.Seal(_key.LineKey, chain.Mac, chain.Count + 1, fields, out byte[] mac);
            stream.Write(line);
            stream.Flush(flushToDisk: true);
            FolderSync.Flush(_folder);
            _stream?.Dispose();
            _stream = stream;
            _end = new AuditEnd(new AuditChain(_key, chain.Count + 1, mac), file, line.Length, []);
        }
        catch (Exception e)
        {
            stream?.Dispose();
            if (stream is not null)
                File.Delete(path);
            throw new AuditException($"{_folder}: the audit log's next file cannot be begun: {e.Message}", e);
        }
    }

    private void TakeBack()
    {
        try
        {
            _stream!.SetLength(_end.Length);
            _stream.Position = _end.Length;
            _stream.Flush(flushToDisk: true);
        }
        catch (Exception e)
        {
            _fault = e;
        }
    }

    // Whether a head was published is not known when this fails, so the lines it may vouch for must stay.
    private void PublishHead()
    {
        try
        {
            AuditHead.Publish(_folder);
        }
        catch (Exception e)
        {
            _fault = e;
            throw new AuditException($"{_folder}: the audit log's head cannot be written: {e.Message}", e);
        }
    }
}
