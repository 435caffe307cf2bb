using Pixelis.Online.Audit;
using Pixelis.TestKit;
using Pixelis.Online.Tests.Support;

namespace Pixelis.Online.Tests.Audit;

/// <summary>A folder with a log, and what tests do to it.</summary>
internal sealed class AuditFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public AuditKey Key { get; } = AuditKey.FromBytes(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    public ManualTime Time { get; } = new();

    public string Path => _folder["log"];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string[] Files => [.. Directory.EnumerateFiles(Path, "audit-*.jsonl").Order(StringComparer.Ordinal)];

    public static AuditEntry Entry(int i) => new()
    {
        Type = "update", Actor = "worker", Action = "apply", Resource = $"policy-{i}", Result = AuditResult.Success,
        Metadata = new Dictionary<string, string> { ["kl"] = "0.01", ["batch"] = $"{i}" },
    };

    public AuditLog Open(AuditOptions? options = null) => AuditLog.Open(Path, Key, (options ?? new AuditOptions()) with { TimeProvider = Time });

    /// <summary>Appends one entry after the other, each a write of its own.</summary>
    public async Task WriteAsync(int count, AuditOptions? options = null)
    {
        await using AuditLog log = Open(options);
        for (int i = 0; i < count; i++)
        {
            Time.Advance(1);
            await log.AppendAsync(Entry(i));
        }
    }

    public AuditReport Verify(string? anchor = null) => AuditVerifier.Verify(Path, Key, anchor);

    /// <summary>A copy of the folder, to damage.</summary>
    public AuditFolder Copy()
    {
        var copy = new AuditFolder();
        Directory.CreateDirectory(copy.Path);
        foreach (string file in Directory.EnumerateFiles(Path).Where(f => System.IO.Path.GetFileName(f) != "lock"))
            File.Copy(file, copy[System.IO.Path.GetFileName(file)]);
        return copy;
    }

    public void Dispose() => _folder.Dispose();
}
