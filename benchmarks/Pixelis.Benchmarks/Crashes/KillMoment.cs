using Pixelis.Online.Updates;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>What a kill is aimed at.</summary>
internal enum KillAim
{
    /// <summary>Any moment of a server that serves.</summary>
    Serving,

    /// <summary>The moments after a version's folder appeared: its line, its pointer, the swap.</summary>
    Version,

    /// <summary>While it starts.</summary>
    Start,

    /// <summary>While it starts on an empty folder.</summary>
    FirstStart,

    /// <summary>While it stops: a last version, the index, the state of drift.</summary>
    Stop,
}

/// <summary>When a server is killed, drawn from seed and number.</summary>
internal sealed record KillMoment(KillAim Aim, double Share, double Seconds)
{
    public static KillMoment Draw(Random random)
    {
        double u = random.NextDouble();
        KillAim aim = u < 0.10 ? KillAim.FirstStart : u < 0.25 ? KillAim.Start : u < 0.37 ? KillAim.Stop : u < 0.57 ? KillAim.Version : KillAim.Serving;
        double share = random.NextDouble();
        return new KillMoment(aim, share, aim switch
        {
            KillAim.Version => share * 0.03,
            KillAim.Stop => share * 1.5,
            _ => 0.2 + (share * 5),
        });
    }

    /// <summary>Waits until the moment is there.</summary>
    public async Task WaitAsync(ServerProcess server, OnlineFolder folder, CancellationToken cancellation)
    {
        if (Aim == KillAim.Version)
            await VersionAsync(folder, TimeSpan.FromSeconds(6), cancellation);
        if (Aim == KillAim.Stop)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.2 + (2 * Share)), cancellation);
            server.Terminate();
        }
        await Task.Delay(TimeSpan.FromSeconds(Seconds), cancellation);
    }

    private static async Task VersionAsync(OnlineFolder folder, TimeSpan longest, CancellationToken cancellation)
    {
        var appeared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder.Versions) { NotifyFilter = NotifyFilters.DirectoryName };
        watcher.Renamed += (_, _) => appeared.TrySetResult();
        watcher.EnableRaisingEvents = true;
        await Task.WhenAny(appeared.Task, Task.Delay(longest, cancellation));
        cancellation.ThrowIfCancellationRequested();
    }
}
