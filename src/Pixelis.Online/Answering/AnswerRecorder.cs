using System.Globalization;
using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;
using Pixelis.Online.State;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>
/// What becomes of an answer: it is redacted and kept, goes to a person or to the queue of updates, and the decision is put on record. A part that
/// fails or takes too long is told and left out; nothing here throws.
/// </summary>
internal sealed class AnswerRecorder(OnlineAgentParts parts, OnlineAgentOptions options, OnlineFaults faults)
{
    private const double ColdPriority = 0.9; // what a memory begins with is drawn first

    private readonly OnlinePermissions _may = OnlinePermissions.Of(options.Mode);
    private readonly TrajectoryRedactor _redactor = new(parts.Redactor);
    private readonly TimeProvider _time = parts.TimeProvider ?? TimeProvider.System;

    public async Task<OnlineAnswer> RecordAsync(OnlineRequest request, OnlineAnswer answer, Recollection memory, CancellationToken cancellationToken)
    {
        var failures = new List<string>(answer.Failures);
        if (_may.Collects && memory.Embedding is { } embedding)
        {
            Experience whole = ExperienceOf(request, answer, memory, embedding);
            if (await KeepAsync(whole, failures).ConfigureAwait(false) is { } stored)
            {
                answer = await DecideAsync(answer with { Experience = stored.Id, Use = AnswerUse.Collected }, stored, whole, failures, cancellationToken).ConfigureAwait(false);
            }
            await ObserveAsync(answer.Consensus, embedding, failures).ConfigureAwait(false);
        }
        if (parts.Audit is { } audit)
            await TryAsync("audit", failures, () => audit.AppendAsync(EntryOf(answer, failures))).ConfigureAwait(false);
        return answer with { Failures = [.. failures.Distinct()] };
    }

    private async Task<Experience?> KeepAsync(Experience whole, List<string> failures)
    {
        // What cannot be examined is not stored.
        Experience? redacted = await TryAsync("redaction", failures, () => Task.Run(() => _redactor.Redact(whole))).ConfigureAwait(false);
        return redacted is null ? null : await TryAsync("experiences", failures, () => Task.Run(() => parts.Experiences.AddAsync(redacted).AsTask())).ConfigureAwait(false);
    }

    private async Task<OnlineAnswer> DecideAsync(OnlineAnswer answer, Experience stored, Experience whole, List<string> failures, CancellationToken cancellationToken)
    {
        if (_may.Reviews && parts.Reviews is { } reviews && options.Review.CauseFor(answer.TraceId, answer.Consensus) is { } cause)
        {
            ReviewItem? item = await TryAsync("review", failures, () => reviews.EnqueueAsync(ReviewOf(stored, cause)).AsTask()).ConfigureAwait(false);
            return item is null ? answer : answer with { Use = AnswerUse.InReview };
        }
        if (!_may.Learns || parts.Updates is not { } queue || !answer.Gates.Passed)
            return answer;
        if (IsPersonal(stored, whole))
            return Blocked(answer, "privacy", "personal data were taken out of what is kept; weights do not forget, so nothing is learnt from it");
        if (!parts.Rate!.TryBegin())
            return Blocked(answer, "rate", "another request took the last update of this minute");
        EnqueueResult? taken;
        try
        {
            taken = await faults.TryAsync<EnqueueResult?>(
                "updates", failures, async () => await OfferAsync(queue, TaskOf(answer, stored), failures, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return Blocked(answer, "queue", "the request was cancelled while it waited for room; it is learnt from after the next start");
        }
        if (taken is not { IsAccepted: true })
            return Blocked(answer, "queue", taken?.Reason ?? "the queue took nothing; the experience stays in the buffer");
        parts.Learnt!.Add(stored.Id);
        return answer with { Use = AnswerUse.Queued };
    }

    // Noted before it is offered: the worker may be done with it before anything else is.
    private async Task<EnqueueResult> OfferAsync(UpdateQueue queue, UpdateTask task, List<string> failures, CancellationToken cancellationToken)
    {
        await NoteAsync(isPending: true).ConfigureAwait(false);
        EnqueueResult taken = options.WaitsForLearning ? await queue.EnqueueAsync(task, cancellationToken).ConfigureAwait(false) : queue.TryEnqueue(task);
        if (!taken.IsAccepted)
            await NoteAsync(isPending: false).ConfigureAwait(false);
        return taken;

        Task NoteAsync(bool isPending) => TryAsync("experiences", failures, () => Task.Run(async () =>
        {
            await parts.Experiences.SetPendingAsync(task.Experiences, isPending).ConfigureAwait(false);
            return true;
        }));
    }

    private async Task ObserveAsync(ConsensusResult consensus, ReadOnlyMemory<float> embedding, List<string> failures)
    {
        parts.Drift?.Observe(embedding, consensus);
        if (consensus.NeighborUses is { Count: > 0 } uses)
            await TryAsync("experiences", failures, () => Task.Run(async () => { await parts.Experiences.RecordUseAsync(uses).ConfigureAwait(false); return true; })).ConfigureAwait(false);
    }

    private Experience ExperienceOf(OnlineRequest request, OnlineAnswer answer, Recollection memory, ReadOnlyMemory<float> embedding)
    {
        ConsensusResult consensus = answer.Consensus;
        bool isLabelled = consensus.Answer is not null && consensus.Confidence >= options.LabelConfidence;
        return new Experience
        {
            RequestId = answer.TraceId,
            Tenant = request.Tenant,
            Subject = request.Subject is { } subject ? parts.Subjects!.Hash(request.Tenant, subject) : null,
            Question = request.Ask.Question,
            Answer = answer.Trajectory.Answer,
            Label = isLabelled ? consensus.Answer : null,
            LabelSource = isLabelled ? LabelSource.Vote : LabelSource.None,
            Confidence = consensus.Confidence,
            Embedding = embedding,
            Priority = memory.IsColdStart ? ColdPriority : (0.5 * (1 - consensus.Confidence)) + 0.25,
            CreatedAt = _time.GetUtcNow(),
            PolicyVersion = answer.PolicyVersion,
            Provenance = request.Provenance,
            Episodes = answer.Episodes,
        };
    }

    private static ReviewRequest ReviewOf(Experience stored, ReviewCause cause) => new()
    {
        Experience = stored.Id, RequestId = stored.RequestId, Tenant = stored.Tenant, Question = stored.Question, Answer = stored.Answer,
        Proposed = stored.Label, Confidence = stored.Confidence, Cause = cause,
    };

    // The episodes as they were recorded: their tokens, masks and log-probabilities are what GRPO learns from.
    private static UpdateTask TaskOf(OnlineAnswer answer, Experience stored) => new()
    {
        Experiences = [stored.Id], Tenant = stored.Tenant, Episodes = answer.Episodes, Label = answer.Consensus.Answer!,
        AnswerSpace = answer.Consensus.AnswerSpace, Confidence = answer.Consensus.Confidence,
    };

    private static bool IsPersonal(Experience stored, Experience whole) =>
        stored.Question != whole.Question || stored.Label != whole.Label
        || stored.Episodes.Zip(whole.Episodes).Any(e => e.First.Answer != e.Second.Answer || e.First.TokenIds.Count != e.Second.TokenIds.Count);

    private static OnlineAnswer Blocked(OnlineAnswer answer, string gate, string reason) =>
        answer with { Gates = new GateReport([.. answer.Gates.Results.Where(r => r.Gate != gate), new GateResult(gate, false, double.NaN, double.NaN, reason)]) };

    private static AuditEntry EntryOf(OnlineAnswer answer, List<string> failures) => new()
    {
        Type = "answer",
        Actor = "online-agent",
        Action = AnswerUses.NameOf(answer.Use),
        Resource = answer.Experience is { } id ? FormattableString.Invariant($"experience {id}") : $"request {answer.TraceId}",
        Result = failures.Count > 0 ? AuditResult.Failed : answer.Gates.Passed ? AuditResult.Success : AuditResult.Refused,
        Metadata = new Dictionary<string, string>
        {
            ["version"] = answer.PolicyVersion,
            ["confidence"] = answer.Consensus.Confidence.ToString("0.####", CultureInfo.InvariantCulture),
            ["votes"] = answer.Consensus.Votes.Count.ToString(CultureInfo.InvariantCulture),
            ["blocked"] = string.Join(' ', answer.Gates.Blocked.Select(g => g.Gate)),
            ["failed"] = string.Join(' ', failures.Distinct()),
        },
    };

    private Task<T?> TryAsync<T>(string part, List<string> failures, Func<Task<T>> use) => faults.TryAsync(part, failures, () => use().WaitAsync(options.Patience, _time));
}
