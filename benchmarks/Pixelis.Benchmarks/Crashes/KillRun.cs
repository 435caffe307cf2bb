using System.Diagnostics;
using System.Globalization;
using Pixelis.Online.Updates;

namespace Pixelis.Benchmarks.Crashes;

/// <summary>Kill after kill over one folder, each followed by a look at its stores; a last start, a stop in order, and a look at everything.</summary>
internal sealed class KillRun(CrashOptions options)
{
    private const int OthersLookedAt = 40;
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly OnlineFolder _folder = new(options.Store);
    private readonly Acknowledged _all = new();
    private readonly CrashTable _table = new();
    private AuditMemory _audit = new([]);
    private Acknowledged _newest = new();
    private bool _isDue; // the last kill's look is still to come, once a server runs again
    private double _usualStart = 2;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        int done = GoOn();
        for (int kill = done + 1; kill <= options.Kills; kill++)
        {
            long started = Stopwatch.GetTimestamp();
            KillRecord record = await KillAsync(kill, cancellation);
            record = record with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds };
            record.Append(options.Out);
            _table.Add(record);
            CrashRunner.Tell(CrashTable.Line(record));
            if (record.Lost.Any(l => l.Kind == "start"))
                break; // nothing more can be learnt from a folder that does not start
        }
        await EndAsync(cancellation);
        _table.Write(Console.Out);
        return _table.Losses > 0 ? 1 : 0;
    }

    // What an earlier run acknowledged must still be there.
    private int GoOn()
    {
        List<KillRecord> records = KillRecord.ReadAll(options.Out);
        if (records.Count > 0 && !Directory.Exists(options.Store))
            throw new PixelisException($"{options.Out} has {records.Count} kills, and their folder {options.Store} is gone; name another file.");
        foreach (KillRecord record in records)
        {
            _all.Add(record);
            _table.Add(record);
        }
        _audit = new AuditMemory(records.LastOrDefault(r => r.Audit.Count > 0)?.Audit ?? []);
        if (records.Count > 0)
            CrashRunner.Tell(string.Create(CultureInfo.InvariantCulture, $"goes on after {records.Count} kills"));
        return records.Count;
    }

    private async Task<KillRecord> KillAsync(int kill, CancellationToken cancellation)
    {
        var random = new Random(unchecked((options.Seed * 1_000_003) + kill));
        KillMoment moment = KillMoment.Draw(random);
        return moment.Aim switch
        {
            KillAim.FirstStart => await FirstStartAsync(kill, moment, cancellation),
            KillAim.Start => await StartAsync(kill, moment, random, cancellation),
            _ => await ServeAsync(kill, moment, random, cancellation),
        };
    }

    private async Task<KillRecord> ServeAsync(int kill, KillMoment moment, Random random, CancellationToken cancellation)
    {
        using ServerProcess server = ServerProcess.Start(options, options.Store);
        if (await server.ReadyAsync(StartLimit, cancellation) is not { } address)
            return FailedStart(kill, server);
        _usualStart = server.Ready!.Value;
        var lost = new List<Loss>();
        using var traffic = new Traffic(address, unchecked((options.Seed * 7919) + kill));
        HashSet<string> before = KillPhase.VersionsOf(_folder);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task asking = traffic.RunAsync(askers: 2, gone.Token);
        StoreCheck check = NewCheck();
        bool wasDue = _isDue;
        if (_isDue)
            lost.AddRange(await check.RunAsync(_all.Some(_newest, OthersLookedAt, random)));
        await moment.WaitAsync(server, _folder, cancellation);
        int inFlight = traffic.InFlight;
        server.Kill();
        double lived = server.Seconds;
        string phase = moment.Aim == KillAim.Stop ? KillPhase.Stop : KillPhase.Of(_folder, before, inFlight);
        await gone.CancelAsync();
        await asking;
        TakeIn(traffic.Acknowledged);
        bool offline = random.Next(2) == 0;
        if (offline)
            lost.AddRange(await check.RunAsync(_all.Some(_newest, OthersLookedAt, random)));
        _isDue = !offline;
        return Record(kill, phase, server, lived) with
        {
            InFlight = inFlight, Answers = traffic.Acknowledged.Answers, Feedback = traffic.Acknowledged.Feedback, Reviews = traffic.Acknowledged.Reviews,
            CheckedOffline = offline, Lost = lost, NotKept = check.NotKept, Serving = check.Serving, Published = _audit.Published,
            Audit = offline || wasDue ? _audit.Seen : [],
        };
    }

    // Killed before it listens; a look without a server, when there is something to look at.
    private async Task<KillRecord> StartAsync(int kill, KillMoment moment, Random random, CancellationToken cancellation)
    {
        using ServerProcess server = ServerProcess.Start(options, options.Store);
        await server.ReadyAsync(TimeSpan.FromSeconds(moment.Share * _usualStart), cancellation);
        if (server.HasExited)
            return FailedStart(kill, server);
        server.Kill();
        double lived = server.Seconds;
        StoreCheck check = NewCheck();
        List<Loss> lost = _all.Answers.Length == 0 ? [] : await check.RunAsync(_all.Some(_newest, OthersLookedAt, random));
        _isDue = _isDue && _all.Answers.Length == 0;
        return Record(kill, KillPhase.Start, server, lived) with { CheckedOffline = true, Lost = lost, Serving = check.Serving, Published = _audit.Published, Audit = _audit.Seen };
    }

    // On a folder of its own, which must start afterwards and hold what it is asked then.
    private async Task<KillRecord> FirstStartAsync(int kill, KillMoment moment, CancellationToken cancellation)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"{options.Store}.first-{kill}");
        double lived;
        var lost = new List<Loss>();
        using (ServerProcess first = ServerProcess.Start(options, folder))
        {
            await first.ReadyAsync(TimeSpan.FromSeconds(moment.Share * 1.2 * _usualStart), cancellation);
            first.Kill();
            lived = first.Seconds;
        }
        using ServerProcess second = ServerProcess.Start(options, folder);
        if (await second.ReadyAsync(StartLimit, cancellation) is not { } address)
            return FailedStart(kill, second) with { Phase = KillPhase.FirstStart };
        using (var traffic = new Traffic(address, kill))
        {
            await traffic.AskAsync(new Random(kill), cancellation);
            second.Kill();
            var check = new StoreCheck(options, new OnlineFolder(folder), new AuditMemory([]));
            lost.AddRange(await check.RunAsync(traffic.Acknowledged));
            if (traffic.Acknowledged.Answers.Length == 0)
                lost.Add(new Loss("start", $"it starts and does not answer: {string.Join(' ', traffic.Refused)}"));
        }
        if (lost.Count == 0)
            Directory.Delete(folder, recursive: true);
        return Record(kill, KillPhase.FirstStart, second, lived) with { CheckedOffline = true, Lost = lost, Published = _audit.Published };
    }

    // A last start, until decisions are on record; a stop in order; everything is looked at.
    private async Task EndAsync(CancellationToken cancellation)
    {
        CrashRunner.Tell("the last start, a stop in order, and a look at everything");
        using ServerProcess server = ServerProcess.Start(options, options.Store);
        if (await server.ReadyAsync(StartLimit, cancellation) is null)
        {
            _table.AddLast([StartLoss(server)], 0);
            return;
        }
        StoreCheck check = NewCheck();
        await Task.Delay(TimeSpan.FromSeconds(3), cancellation);
        server.Terminate();
        bool ended = await server.EndedAsync(TimeSpan.FromMinutes(5));
        List<Loss> lost = await check.RunAsync(_all);
        if (!ended || server.ExitCode != 0)
            lost.Add(new Loss("start", $"it did not end in order: {string.Join(' ', server.Errors)}"));
        foreach (Loss loss in lost)
            CrashRunner.Tell($"LOST {loss.Kind}: {loss.What}");
        _table.AddLast(lost, _audit.Published);
        if (check.Unrecorded > 0)
            CrashRunner.Tell(string.Create(CultureInfo.InvariantCulture, $"{check.Unrecorded} decisions are kept and wait to take effect and to be put on record"));
    }

    private StoreCheck NewCheck() => new(options, _folder, _audit);

    private void TakeIn(Acknowledged newest)
    {
        _newest = newest;
        foreach (AckedAnswer answer in newest.Answers)
            _all.Add(answer);
        foreach (AckedFeedback feedback in newest.Feedback)
            _all.Add(feedback);
        foreach (AckedReview review in newest.Reviews)
            _all.Add(review);
    }

    private KillRecord FailedStart(int kill, ServerProcess server)
    {
        server.Kill();
        return Record(kill, KillPhase.Start, server, server.Seconds) with { Lost = [StartLoss(server)], Published = _audit.Published };
    }

    private static Loss StartLoss(ServerProcess server) => new("start", $"it does not start: {string.Join(' ', server.Errors)}");

    private KillRecord Record(int kill, string phase, ServerProcess server, double lived) => new()
    {
        Kill = kill, Seed = options.Seed, At = DateTimeOffset.UtcNow, Phase = phase, Ready = server.Ready is { } r ? Math.Round(r, 3) : null, Lived = Math.Round(lived, 3),
    };
}
