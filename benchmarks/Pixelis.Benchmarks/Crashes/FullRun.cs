using System.Diagnostics;
using System.Globalization;
using Pixelis.Online.Updates;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>
/// <c>crashes --full</c>: no room is left, on a small disk in memory where one can be mounted, else by a limit on the size of files. A first start says so and
/// ends; a server answers on, and acknowledges nothing that it cannot keep; with room again everything acknowledged is there.
/// </summary>
internal sealed class FullRun(CrashOptions options)
{
    private static readonly string[] Signs = ["full", "no space", "too large", "disk", "be written", "be made", "not kept"];
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly CaseTable _table = new(options.Out, "full");
    private string Root => options.Out + ".full";

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
        Directory.CreateDirectory(Root);
        foreach (int kibibytes in new[] { 1, 64, 200 })
            await FirstAsync(FormattableString.Invariant($"first start, files of {kibibytes} KiB at most"), Path.Combine(Root, $"first-{kibibytes}"), kibibytes, () => Task.CompletedTask, cancellation);
        await ServeAsync("serving, files of 1 MiB at most", Path.Combine(Root, "limit"), 1024, () => Task.CompletedTask, cancellation);
        string disk = Path.Combine(Root, "disk");
        if (await MountAsync(disk, "size=256k"))
        {
            await FirstAsync("first start, disk of 256 KiB", Path.Combine(disk, "online"), 0, () => MountAsync(disk, "remount,size=64m"), cancellation);
            await RunShellAsync($"umount '{disk}'");
            await MountAsync(disk, "size=4m");
            await ServeAsync("serving, disk of 4 MiB", Path.Combine(disk, "online"), 0, () => MountAsync(disk, "remount,size=256m"), cancellation);
            await RunShellAsync($"umount '{disk}'");
        }
        else
        {
            CrashRunner.Tell("no small disk can be mounted here; files were limited instead");
        }
        Directory.Delete(Root, recursive: true);
        return _table.Write(Console.Out);
    }

    // It cannot begin: it says why and ends. With room it begins.
    private async Task FirstAsync(string name, string folder, int kibibytes, Func<Task> makeRoom, CancellationToken cancellation)
    {
        var prepared = new Prepared(options, Root);
        Attempt without = await prepared.TryAsync(new OnlineFolder(folder), cancellation, kibibytes);
        await makeRoom();
        Attempt with = await prepared.TryAsync(new OnlineFolder(folder), cancellation);
        string? told = Sign(without.Errors);
        var wrong = with.Lost.Select(l => $"{l.Kind}: {l.What}").ToList();
        if (without.Serves)
            wrong.Add("it was expected to refuse");
        if (without.ExitCode != 1)
            wrong.Add($"exit code {without.ExitCode}");
        if (told is null || without.IsCrash)
            wrong.Add($"it does not say what is wrong: {string.Join(' ', without.Errors)}");
        if (!with.Serves)
            wrong.Add($"with room it does not start: {string.Join(' ', with.Errors)}");
        _table.Add(name, without.Serves ? "serves" : "refuses; starts with room", CaseTable.Short(told, folder), wrong);
    }

    // It fills while it is asked. It is asked on for a while, killed, and started with room.
    private async Task ServeAsync(string name, string folder, int kibibytes, Func<Task> makeRoom, CancellationToken cancellation)
    {
        var wrong = new List<string>();
        string? told = null;
        string[] errors = [];
        Acknowledged acknowledged = new();
        int answeredFull = 0;
        using (ServerProcess server = ServerProcess.Start(options, folder, kibibytes))
        {
            if (await server.ReadyAsync(StartLimit, cancellation) is { } address)
            {
                using var traffic = new Traffic(address, options.Seed, asksWhatIsKept: true);
                var random = new Random(options.Seed);
                for (int i = 0; i < 60 && answeredFull < 6; i++)
                {
                    int before = traffic.Acknowledged.Answers.Length, refused = traffic.Refused.Count;
                    await traffic.AskAsync(random, cancellation);
                    if (traffic.Acknowledged.Answers.Length == before && traffic.Refused.Skip(refused).All(r => !r.StartsWith("/v1/chat", StringComparison.Ordinal)))
                        answeredFull++; // an answer that is not kept
                }
                acknowledged = traffic.Acknowledged;
                if (server.HasExited)
                    wrong.Add($"it ended: {string.Join(' ', server.Errors)}");
                errors = server.Errors;
                told = Sign(errors);
            }
            else
            {
                wrong.Add($"it does not start: {string.Join(' ', server.Errors)}");
            }
        }
        await makeRoom();
        await LookAsync(folder, acknowledged, wrong, cancellation);
        if (answeredFull == 0 && told is null)
            wrong.Add("it did not fill");
        else if (told is null)
            wrong.Add($"it does not say that there is no room: {string.Join(' ', errors)}");
        string outcome = string.Create(CultureInfo.InvariantCulture, $"{acknowledged.Answers.Length} answers, {acknowledged.Feedback.Length} feedback, {acknowledged.Reviews.Length} reviews kept; {answeredFull} answers given and not kept");
        _table.Add(name, outcome, CaseTable.Short(told, folder), wrong);
    }

    private async Task LookAsync(string folder, Acknowledged acknowledged, List<string> wrong, CancellationToken cancellation)
    {
        using ServerProcess again = ServerProcess.Start(options, folder);
        if (await again.ReadyAsync(StartLimit, cancellation) is null)
        {
            wrong.Add($"with room it does not start: {string.Join(' ', again.Errors)}");
            return;
        }
        List<Loss> lost = await new StoreCheck(options, new OnlineFolder(folder), new AuditMemory([])).RunAsync(acknowledged);
        wrong.AddRange(lost.Select(l => $"{l.Kind}: {l.What}"));
    }

    private static string? Sign(string[] errors) => errors.FirstOrDefault(e => Signs.Any(s => e.Contains(s, StringComparison.OrdinalIgnoreCase)));

    private static async Task<bool> MountAsync(string folder, string how)
    {
        Directory.CreateDirectory(folder);
        return await RunShellAsync($"mount -t tmpfs -o {how} tmpfs '{folder}'");
    }

    private static async Task<bool> RunShellAsync(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true })!;
        await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return shell.ExitCode == 0;
    }
}
