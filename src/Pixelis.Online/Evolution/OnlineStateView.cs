using Pixelis.Online.State;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>What learning while serving is doing, out of its log, its versions and its queues. Versions are read again when one was tried. Thread-safe.</summary>
internal sealed class OnlineStateView(OnlineStateLog log, OnlineStores stores, PolicyPublisher publisher, UpdateQueue queue, OnlineEvolutionOptions options) : IOnlineState
{
    private const string CanaryAccuracy = "canary.accuracy";
    private const int Most = 100;

    private readonly Lock _lock = new();
    private (int Releases, string? Serving, IReadOnlyList<VersionState> Versions)? _known;

    public async ValueTask<OnlineSnapshot> ReadAsync(CancellationToken cancellationToken = default)
    {
        int releases = log.Releases; // before what follows: what is newer is read the next time
        (IReadOnlyList<AnswerState> answers, IReadOnlyList<UpdateState> updates, IReadOnlyList<VersionState> refused) = log.Read();
        long experiences = await stores.Experiences.CountAsync(null, cancellationToken).ConfigureAwait(false);
        string? serving = publisher.Serving;
        return new OnlineSnapshot
        {
            Mode = options.Mode,
            ServedVersion = serving ?? "base",
            Experiences = experiences,
            LearnsFrom = options.ColdStart,
            Answers = answers,
            Updates = updates,
            Versions = [.. VersionsOf(releases, serving).Concat(refused).OrderByDescending(v => v.CreatedAt).Take(Most)],
            Queues = [new QueueState("updates", queue.Waiting, queue.Capacity)],
        };
    }

    private IReadOnlyList<VersionState> VersionsOf(int releases, string? serving)
    {
        lock (_lock)
        {
            if (_known is not { } known || known.Releases != releases || known.Serving != serving)
                _known = known = (releases, serving, [.. stores.Versions.Versions.Select(v => StateOf(v, serving))]);
            return known.Versions;
        }
    }

    private VersionState StateOf(PolicyVersion version, string? serving) => new(
        version.Id, version.CreatedAt, StandingOf(version, serving), version.Experiences.Count,
        version.Metrics.TryGetValue(CanaryAccuracy, out double accuracy) ? accuracy : null);

    // One that is newer than the one that serves was taken back, unless the mode serves none that is new.
    private VersionStanding StandingOf(PolicyVersion version, string? serving)
    {
        if (version.Id == serving)
            return VersionStanding.Serving;
        bool isNewer = serving is not null && string.CompareOrdinal(version.Id, serving) > 0;
        return isNewer && OnlinePermissions.Of(options.Mode).ServesLearnt ? VersionStanding.RolledBack : VersionStanding.Published;
    }
}
