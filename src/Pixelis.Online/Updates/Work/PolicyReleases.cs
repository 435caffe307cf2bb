using System.Globalization;
using Microsoft.Extensions.Logging;
using Pixelis.Online.Alerts;
using Pixelis.Online.Audit;
using Pixelis.Online.Metrics;

namespace Pixelis.Online.Updates;

/// <summary>Makes versions of what was learnt: written, tried on the canary, put on record, pointed to, served. Used by one thread at a time.</summary>
internal sealed partial class PolicyReleases(UpdateWorkerParts parts, UpdateOptions options, LearnerState state)
{
    private const string CanaryAccuracy = "canary.accuracy";
    private const string CanaryBest = "canary.best";
    private const string CanaryNote = "canary";

    private readonly bool _serves = OnlinePermissions.Of(options.Mode).ServesLearnt;
    private readonly PendingExperiences _pending = new(parts.Experiences, parts.Logger);
    private double? _best;

    private PolicyVersion Good => parts.Versions.Learning!;

    /// <summary>Serves what the store says, and learns on from there; makes the first version of the policy as it is where there is none.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (string notice in parts.Versions.Notices.Where(_ => parts.Logger is not null))
            StoreNotice(parts.Logger!, notice);
        if (parts.Versions.Learning is null)
        {
            using PolicyDraft draft = parts.Versions.Draft(WriteAverage);
            // On record first: a folder that a kill leaves without a pointer is taken by the next start, which is not told that it is new.
            await RecordAsync("begin", draft.Id, AuditResult.Success, []).ConfigureAwait(false);
            PolicyVersion first = parts.Versions.Commit(draft, v => v with { Notes = new Dictionary<string, string> { ["made_by"] = "begin" } });
            parts.Versions.Point(first, serves: true);
        }
        state.GoOnFrom(Good);
        PolicyVersion serving = parts.Versions.Serving ?? Good;
        using PreparedPolicy prepared = await parts.Publisher.PrepareAsync(serving.Id, serving.WeightsFolder, cancellationToken).ConfigureAwait(false);
        if (serving.Id == Good.Id)
        {
            _best = await BestOfAsync(Good, prepared, cancellationToken).ConfigureAwait(false);
            prepared.Publish();
            return;
        }
        prepared.Publish();
        using PreparedPolicy learning = await parts.Publisher.PrepareAsync(Good.Id, Good.WeightsFolder, cancellationToken).ConfigureAwait(false);
        _best = await BestOfAsync(Good, learning, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes a version of the average and publishes it if it is good; else learning goes on from the last good one.</summary>
    public async Task<ReleaseOutcome> ReleaseAsync(CancellationToken cancellationToken)
    {
        if (state.SinceRelease == 0)
            return new ReleaseOutcome(ReleaseKind.Nothing, "nothing was learnt since the last version") { Version = Good };
        ReleaseOutcome outcome;
        try
        {
            outcome = await TryReleaseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is PixelisException and not AuditException && !cancellationToken.IsCancellationRequested)
        {
            await RecordAsync("publish", $"after {Good.Id}", AuditResult.Failed, new() { ["reason"] = SafeReason(e) }).ConfigureAwait(false);
            if (parts.Logger is { } logger)
                NotReleased(logger, SafeReason(e));
            outcome = new ReleaseOutcome(ReleaseKind.Failed, e.Message) { Version = Good };
        }
        Tell(outcome);
        return outcome;
    }

    /// <summary>Goes on from the last good version when what was learnt since holds something that was erased.</summary>
    public async Task ForgetAsync(IReadOnlyCollection<long> erased)
    {
        if (!state.Learnt.Any(erased.Contains))
            return;
        await RecordAsync("forget", Good.Id, AuditResult.Success, new() { ["experiences"] = AuditNumbers.Of(erased) }).ConfigureAwait(false);
        state.GoOnFrom(Good);
    }

    /// <summary>Puts an earlier version back: it serves, and learning goes on from it.</summary>
    /// <exception cref="PixelisException">There is no such version, it is damaged, or it does not fit. What is served stays.</exception>
    public async Task<ReleaseOutcome> RollbackAsync(string id, string actor, CancellationToken cancellationToken)
    {
        PolicyVersion version = parts.Versions.Require(id);
        string from = parts.Versions.Serving!.Id;
        using PreparedPolicy prepared = await parts.Publisher.PrepareAsync(version.Id, version.WeightsFolder, cancellationToken).ConfigureAwait(false);
        double? best = await BestOfAsync(version, prepared, cancellationToken).ConfigureAwait(false);
        await RecordAsync("roll-back", version.Id, AuditResult.Success, new() { ["from"] = from }, actor).ConfigureAwait(false);
        parts.Versions.Point(version, serves: true);
        prepared.Publish();
        await DropAsync(version).ConfigureAwait(false);
        _best = best;
        var outcome = new ReleaseOutcome(ReleaseKind.RolledBack, $"{version.Id} serves again in the place of {from}") { Version = version, Best = best };
        Tell(outcome);
        return outcome;
    }

    private async Task<ReleaseOutcome> TryReleaseAsync(CancellationToken cancellationToken)
    {
        PolicyVersion parent = Good;
        using PolicyDraft draft = parts.Versions.Draft(WriteAverage);
        using PreparedPolicy prepared = await parts.Publisher.PrepareAsync(draft.Id, draft.WeightsFolder, cancellationToken).ConfigureAwait(false);
        CanaryScore? score = parts.Canary is { } canary ? await canary.MeasureAsync(prepared.Agent, cancellationToken).ConfigureAwait(false) : null;
        if (score is { } found && _best is { } best && !(found.Accuracy >= best - options.CanaryMargin))
            return await RejectAsync(draft, parent, found, best).ConfigureAwait(false);
        long[] learnt = [.. state.Learnt];
        Dictionary<string, double> metrics = state.Metrics;
        if (score is { } good)
            (metrics[CanaryAccuracy], metrics[CanaryBest]) = (good.Accuracy, Math.Max(good.Accuracy, _best ?? 0));
        PolicyVersion version = parts.Versions.Commit(draft, v => v with { Parent = parent.Id, Experiences = learnt, Metrics = metrics, Notes = Notes() });
        if (parts.Experiences is { } buffer)
            await buffer.RecordVersionAsync(version.Id, learnt, CancellationToken.None).ConfigureAwait(false);
        await RecordAsync("publish", version.Id, AuditResult.Success, new()
        {
            ["parent"] = parent.Id, ["experiences"] = AuditNumbers.Of(learnt), ["served"] = _serves ? "yes" : "no",
            ["accuracy"] = score is { } s ? Number(s.Accuracy) : "not measured",
        }).ConfigureAwait(false);
        parts.Versions.Point(version, _serves);
        if (_serves)
            prepared.Publish();
        state.Settle();
        await _pending.SettleAsync(learnt).ConfigureAwait(false);
        if (score is { } measured)
            _best = Math.Max(measured.Accuracy, _best ?? 0);
        return new ReleaseOutcome(_serves ? ReleaseKind.Published : ReleaseKind.Kept, $"{version.Id} {(_serves ? "serves" : "is kept")}") { Version = version, Score = score, Best = _best };
    }

    private async Task<ReleaseOutcome> RejectAsync(PolicyDraft draft, PolicyVersion parent, CanaryScore found, double best)
    {
        string reason = string.Create(
            CultureInfo.InvariantCulture, $"{draft.Id} is right on {found.Accuracy:P1} of {found.Count}, the best before it on {best:P1}; {options.CanaryMargin:P1} less is allowed. Learning goes on from {parent.Id}.");
        await RecordAsync("publish", draft.Id, AuditResult.Refused, new()
        {
            ["status"] = "CANARY", ["parent"] = parent.Id, ["experiences"] = AuditNumbers.Of(state.Learnt), ["accuracy"] = Number(found.Accuracy), ["best"] = Number(best),
        }).ConfigureAwait(false);
        await DropAsync(parent).ConfigureAwait(false);
        return new ReleaseOutcome(ReleaseKind.Rejected, reason) { Version = parent, Score = found, Best = best };
    }

    // What was learnt since the last version was found bad, and is not learnt again.
    private async Task DropAsync(PolicyVersion goOnFrom)
    {
        long[] dropped = [.. state.Learnt];
        state.GoOnFrom(goOnFrom);
        await _pending.SettleAsync(dropped).ConfigureAwait(false);
    }

    // What is known of a version, when it was measured by the same canary; else it is measured now.
    private async Task<double?> BestOfAsync(PolicyVersion version, PreparedPolicy prepared, CancellationToken cancellationToken)
    {
        if (parts.Canary is not { } canary)
            return null;
        if (version.Notes.GetValueOrDefault(CanaryNote) == canary.Name && version.Metrics.TryGetValue(CanaryBest, out double known))
            return known;
        return (await canary.MeasureAsync(prepared.Agent, cancellationToken).ConfigureAwait(false)).Accuracy;
    }

    private void WriteAverage(string folder)
    {
        using (parts.Policy.UseAverage())
            parts.Policy.Weights.Save(folder);
    }

    private Dictionary<string, string> Notes()
    {
        var notes = new Dictionary<string, string> { ["made_by"] = parts.Objective.Name };
        if (parts.Canary is { } canary)
            notes[CanaryNote] = canary.Name;
        return notes;
    }

    private void Tell(ReleaseOutcome outcome)
    {
        if (parts.Logger is { } logger && outcome.Kind != ReleaseKind.Failed)
            Released(logger, outcome.Kind, outcome.Reason);
        string told = outcome.Kind == ReleaseKind.RolledBack ? "rolled_back" : outcome.Kind.ToString().ToLowerInvariant();
        OnlineMetrics.Releases.Add(1, new KeyValuePair<string, object?>(OnlineInstruments.OutcomeTag, told));
        if (parts.Alerts is { } alerts && outcome.Kind is ReleaseKind.Rejected or ReleaseKind.Published or ReleaseKind.Kept)
            alerts.ObserveAsync(AlertRules.CanaryRejected, outcome.Kind == ReleaseKind.Rejected ? 1 : 0).AsTask().GetAwaiter().GetResult();
        parts.ReleaseObserver?.Invoke(outcome);
    }

    private async Task RecordAsync(string action, string resource, AuditResult result, Dictionary<string, string> facts, string actor = "update-worker")
    {
        if (parts.Audit is { } audit)
            await audit.AppendAsync(new AuditEntry { Type = "policy", Actor = actor, Action = action, Resource = resource, Result = result, Metadata = facts }, CancellationToken.None).ConfigureAwait(false);
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    // What a canary throws may quote what it asked.
    private static string SafeReason(Exception e) => e is PolicyStoreException ? e.Message : e.GetType().Name;

    [LoggerMessage(1, LogLevel.Warning, "The store of versions: {Notice}")]
    private static partial void StoreNotice(ILogger logger, string notice);

    [LoggerMessage(3, LogLevel.Error, "No version could be made of what was learnt: {Reason}")]
    private static partial void NotReleased(ILogger logger, string reason);

    [LoggerMessage(2, LogLevel.Information, "A version was {Kind}: {Reason}")]
    private static partial void Released(ILogger logger, ReleaseKind kind, string reason);
}
