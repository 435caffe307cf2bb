using Pixelis.Online.Updates;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>A folder that was served for a while and stopped in order, with what was acknowledged meanwhile; and copies of it.</summary>
internal sealed class Prepared(CrashOptions options, string root)
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private int _copies;

    public Acknowledged Acknowledged { get; private set; } = new();

    private string Folder => Path.Combine(root, "whole");

    /// <summary>Serves it until there are some answers and two versions that learnt.</summary>
    /// <exception cref="PixelisException">It did not come to that.</exception>
    public async Task MakeAsync(CancellationToken cancellation)
    {
        using ServerProcess server = ServerProcess.Start(options, Folder);
        Uri address = await server.ReadyAsync(StartLimit, cancellation) ?? throw new PixelisException($"The server does not start: {string.Join(' ', server.Errors)}");
        using var traffic = new Traffic(address, options.Seed);
        var random = new Random(options.Seed);
        for (int i = 0; i < 40 && (i < 6 || KillPhase.VersionsOf(new OnlineFolder(Folder)).Count < 3); i++)
            await traffic.AskAsync(random, cancellation);
        server.Terminate();
        if (!await server.EndedAsync(TimeSpan.FromMinutes(5)) || KillPhase.VersionsOf(new OnlineFolder(Folder)).Count < 3)
            throw new PixelisException($"No versions were made to work with: {string.Join(' ', server.Errors)} {string.Join(' ', traffic.Refused)}");
        Acknowledged = traffic.Acknowledged;
    }

    /// <summary>A copy to damage.</summary>
    public OnlineFolder Copy()
    {
        string copy = Path.Combine(root, FormattableString.Invariant($"copy-{++_copies}"));
        foreach (string file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            string to = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to); // with its mode: keys stay keys
        }
        return new OnlineFolder(copy);
    }

    /// <summary>Starts a server on a folder; asks it something when it starts, and stops it in order.</summary>
    public async Task<Attempt> TryAsync(OnlineFolder folder, CancellationToken cancellation, int mostKibibytes = 0)
    {
        using ServerProcess server = ServerProcess.Start(options, folder.Root, mostKibibytes);
        if (await server.ReadyAsync(StartLimit, cancellation) is not { } address)
        {
            bool ended = await server.EndedAsync(TimeSpan.FromSeconds(10));
            return new Attempt(Serves: false, ended ? server.ExitCode : -1, server.Errors, []);
        }
        using var traffic = new Traffic(address, options.Seed);
        await traffic.AskAsync(new Random(options.Seed + 1), cancellation);
        server.Terminate();
        bool inOrder = await server.EndedAsync(TimeSpan.FromMinutes(5));
        var lost = new List<Loss>(await new StoreCheck(options, folder, new AuditMemory([])).RunAsync(Together(traffic.Acknowledged)));
        if (traffic.Acknowledged.Answers.Length == 0)
            lost.Add(new Loss("start", $"it starts and does not answer: {string.Join(' ', traffic.Refused)}"));
        return new Attempt(Serves: true, inOrder ? server.ExitCode : -1, server.Errors, lost);
    }

    private Acknowledged Together(Acknowledged newest)
    {
        var all = new Acknowledged();
        return all.Some(AllOf(Acknowledged, newest), 0, new Random(0));
    }

    private static Acknowledged AllOf(params Acknowledged[] parts)
    {
        var all = new Acknowledged();
        foreach (Acknowledged part in parts)
        {
            part.Answers.ToList().ForEach(all.Add);
            part.Feedback.ToList().ForEach(all.Add);
            part.Reviews.ToList().ForEach(all.Add);
        }
        return all;
    }
}

/// <summary>How a start on a damaged folder went.</summary>
/// <param name="Serves">Whether it came to serve.</param>
/// <param name="ExitCode">How it ended; -1 when it had to be killed.</param>
/// <param name="Errors">What it wrote on standard error.</param>
/// <param name="Lost">What was acknowledged and is not there.</param>
internal sealed record Attempt(bool Serves, int ExitCode, string[] Errors, IReadOnlyList<Loss> Lost)
{
    /// <summary>The line that says what was wrong; null when none says it.</summary>
    public string? Told(string word) => Errors.FirstOrDefault(e => e.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it fell over instead of saying what is wrong.</summary>
    public bool IsCrash => Errors.Any(e => e.StartsWith("Unhandled exception", StringComparison.Ordinal) || e.TrimStart().StartsWith("at Pixelis.", StringComparison.Ordinal));
}
