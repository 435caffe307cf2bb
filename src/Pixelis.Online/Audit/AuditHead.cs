using System.Text.Json;

namespace Pixelis.Online.Audit;

/// <summary>
/// How far a log has come: a small signed file beside it. A log may be ahead of its head, by what was not acknowledged when a process ended;
/// one that is behind its head was cut.
/// </summary>
/// <param name="Count">Lines of the log, headers included.</param>
/// <param name="Mac">The last line's code, in lower-case hexadecimal.</param>
/// <param name="File">Number of the file that holds it.</param>
internal sealed record AuditHead(long Count, string Mac, int File)
{
    private const int LongestFile = 4096;

    public static AuditHead Empty { get; } = new(0, Convert.ToHexStringLower(AuditLine.NoMac), 1);

    /// <summary>Reads a head; null when there is none.</summary>
    /// <exception cref="AuditException">It was changed, or signed with another key.</exception>
    public static AuditHead? Read(string path, AuditKey key)
    {
        if (!System.IO.File.Exists(path))
            return null;
        byte[] bytes = ReadBytes(path);
        if (bytes.Length is 0 or > LongestFile || bytes[^1] != (byte)'\n')
            throw new AuditException($"{path}: it is not the head of an audit log.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.AsMemory(0, bytes.Length - 1));
            JsonElement root = document.RootElement;
            if (root.GetProperty("key").GetString() is var id && id != key.Id)
                throw new AuditException($"{path}: it was signed with key {id}, and this is key {key.Id}.");
            if (!AuditLine.IsSealed(key.HeadKey, AuditLine.NoMac, bytes.AsSpan(0, bytes.Length - 1), out _))
                throw new AuditException($"{path}: its signature is wrong: it was changed.");
            return new AuditHead(root.GetProperty("count").GetInt64(), root.GetProperty("last").GetString()!, root.GetProperty("file").GetInt32());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new AuditException($"{path}: it is not the head of an audit log.", e);
        }
    }

    /// <summary>Writes a head beside the one that is there and flushes it; <see cref="Publish"/> puts it in its place.</summary>
    public void Prepare(string folder, AuditKey key, DateTimeOffset time)
    {
        byte[] bytes = AuditLine.Seal(key.HeadKey, AuditLine.NoMac, AuditLine.Properties(json =>
        {
            json.WriteString("schema", "pixelis.audit.head/1");
            json.WriteNumber("count", Count);
            json.WriteString("last", Mac);
            json.WriteNumber("file", File);
            json.WriteString("time", AuditLine.TimeText(time));
            json.WriteString("key", key.Id);
        }), out _);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(Beside(folder), options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Puts the prepared head in its place, for good.</summary>
    public static void Publish(string folder)
    {
        System.IO.File.Move(Beside(folder), Path.Combine(folder, AuditFiles.Head), overwrite: true);
        FolderSync.Flush(folder);
    }

    private static string Beside(string folder) => Path.Combine(folder, AuditFiles.Head + ".tmp");

    private static byte[] ReadBytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[Math.Min(stream.Length, LongestFile + 1)];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
