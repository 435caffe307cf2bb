using Pixelis.Online.State;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>What learning while serving is doing, out of its log, its versions and its queues.</summary>
internal sealed class OnlineStateView(OnlineStateLog log, OnlineStores stores, PolicyPublisher publisher, UpdateQueue queue, OnlineEvolutionOptions options) : IOnlineState
{
    private const string CanaryAccuracy = "canary.accuracy";

    public async ValueTask<OnlineSnapshot> ReadAsync(CancellationToken cancellationToken = default)
    {
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
            Versions = [.. stores.Versions.Versions.Select(v => StateOf(v, serving)).Concat(refused).OrderByDescending(v => v.CreatedAt)],
            Queues = [new QueueState("updates", queue.Waiting, queue.Capacity)],
        };
    }

    private static VersionState StateOf(PolicyVersion version, string? serving) => new(
        version.Id, version.CreatedAt, version.Id == serving ? VersionStanding.Serving : VersionStanding.Published, version.Experiences.Count,
        version.Metrics.TryGetValue(CanaryAccuracy, out double accuracy) ? accuracy : null);
}
