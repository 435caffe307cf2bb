using Pixelis.Online.Updates;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>
/// <c>crashes --torn</c>: files cut short, one at a time, each on a copy of a folder that was served. What is derived, or has a whole one before it, is got
/// around; what was acknowledged and is gone is refused, not passed over. Either way a line says which file and what.
/// </summary>
internal sealed class TornRun(CrashOptions options)
{
    private sealed record Case(string Name, Action<OnlineFolder> Damage, bool Serves, string Says)
    {
        /// <summary>A file that is to be there afterwards; null for none.</summary>
        public Func<OnlineFolder, bool>? Leaves { get; init; }
    }

    private static readonly Case[] Cases =
    [
        new("nothing", _ => { }, true, ""),
        new("weights of the newest version, half", f => Cut(Directory.GetFiles(Path.Combine(Newest(f), "weights"), "*.safetensors")[0], 0.5), true, "cannot be used"),
        new("record of the newest version, half", f => Cut(Path.Combine(Newest(f), "version.json"), 0.5), true, "cannot be used"),
        new("manifest of the newest version, empty", f => Cut(Path.Combine(Newest(f), "manifest.json"), 0), true, "cannot be used"),
        new("current.json, half", f => Cut(Path.Combine(f.Versions, "current.json"), 0.5), true, "current.json"),
        new("snapshot of the index, half", f => Cut(Path.Combine(f.Experiences, "neighbors.index"), 0.5), true, "index"),
        new("drift.json, half", f => Cut(Path.Combine(f.Root, "drift.json"), 0.5), true, "drift"),
        new("audit log, half a line more at its end", f => File.AppendAllText(LastLog(f), "{\"seq\":99999,\"time\":\"20"), true, "")
        {
            Leaves = f => Directory.EnumerateFiles(f.AuditLog, "torn-*").Any() && File.ReadAllText(LastLog(f)).Contains("set-aside", StringComparison.Ordinal), // told in the log itself
        },
        new("audit log, its last 100 bytes gone", f => Cut(LastLog(f), -100), false, "audit"),
        new("head of the audit log, half", f => Cut(Path.Combine(f.AuditLog, "head.json"), 0.5), false, "head"),
        new("audit key, half", f => Cut(f.AuditKey, 0.5), false, "audit.key"),
        new("database of experiences, half", f => Cut(Path.Combine(f.Experiences, "experience.db"), 0.5), false, "experience.db"),
        new("database of reviews, half", f => Cut(f.Reviews, 0.5), false, "reviews.db"),
    ];

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        string root = options.Out + ".torn";
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        var prepared = new Prepared(options, root);
        await prepared.MakeAsync(cancellation);
        var table = new CaseTable(options.Out, "torn");
        foreach (Case one in Cases)
        {
            OnlineFolder folder = prepared.Copy();
            one.Damage(folder);
            Attempt attempt = await prepared.TryAsync(folder, cancellation);
            string? told = one.Says.Length == 0 ? "" : attempt.Told(one.Says);
            var wrong = attempt.Lost.Select(l => $"{l.Kind}: {l.What}").ToList();
            if (attempt.Serves != one.Serves)
                wrong.Add(one.Serves ? "it was expected to serve" : "it was expected to refuse");
            if (attempt.ExitCode != (one.Serves ? 0 : 1))
                wrong.Add($"exit code {attempt.ExitCode}");
            if (told is null || attempt.IsCrash)
                wrong.Add($"it does not say what is wrong: {string.Join(' ', attempt.Errors)}");
            if (one.Leaves is { } leaves && !leaves(folder))
                wrong.Add("it does not leave what it should");
            table.Add(one.Name, attempt.Serves ? "serves" : "refuses", CaseTable.Short(told, folder.Root), wrong);
            Directory.Delete(folder.Root, recursive: true);
        }
        Directory.Delete(root, recursive: true);
        return table.Write(Console.Out);
    }

    private static string Newest(OnlineFolder folder) => Path.Combine(folder.Versions, KillPhase.VersionsOf(folder).Max(StringComparer.Ordinal)!);

    private static string LastLog(OnlineFolder folder) => Directory.GetFiles(folder.AuditLog, "audit-*.jsonl").Max(StringComparer.Ordinal)!;

    // To a share of its length, or by so many bytes.
    private static void Cut(string file, double to)
    {
        using FileStream stream = File.OpenWrite(file);
        stream.SetLength(to < 0 ? stream.Length + (long)to : (long)(stream.Length * to));
    }
}
