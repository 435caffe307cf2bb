using Pixelis.Online.State;
using Pixelis.Online.Updates;
using Pixelis.Rewards;
using UpdateOutcome = Pixelis.Online.Updates.UpdateOutcome;

namespace Pixelis.Online;

/// <summary>The last answers, updates and attempts to publish, in memory, for people who watch. Thread-safe.</summary>
internal sealed class OnlineStateLog(TimeProvider time)
{
    private const int Most = 100;

    private readonly Lock _lock = new();
    private readonly LinkedList<(AnswerState State, long? Experience)> _answers = new();
    private readonly LinkedList<UpdateState> _updates = new();
    private readonly LinkedList<VersionState> _refused = new();
    private int _releases;

    /// <summary>Grows with every attempt to publish: what is known of versions may be another then.</summary>
    public int Releases => Volatile.Read(ref _releases);

    public void Take(OnlineAnswer answer) => Add(_answers, (new AnswerState(answer.TraceId, answer.Use, answer.Consensus, answer.Gates), answer.Experience));

    public void Take(UpdateOutcome outcome) => Add(_updates, new UpdateState
    {
        At = time.GetUtcNow(),
        Outcome = outcome.Kind switch
        {
            UpdateKind.Applied => State.UpdateOutcome.Applied,
            UpdateKind.Failed => State.UpdateOutcome.Failed,
            _ => State.UpdateOutcome.Refused,
        },
        TraceIds = [.. outcome.Tasks.Select(t => t.Episodes[0].Id)],
        Reward = outcome.Measures is { } measures ? RewardBreakdown.Of(AgreementReward.RewardName, measures.Agreement, "share of the episodes that gave the label") : null,
        Kl = outcome.Kl,
        LearningRate = outcome.LearningRate,
        Reason = outcome.Kind == UpdateKind.Failed ? "it could not be learnt from" : outcome.Reason,
    });

    public void Take(ReleaseOutcome outcome)
    {
        Interlocked.Increment(ref _releases);
        if (outcome.Kind is ReleaseKind.Rejected or ReleaseKind.RolledBack)
            MarkDropped(outcome.Reason);
        if (outcome.Kind is ReleaseKind.Rejected or ReleaseKind.Failed)
        {
            Add(_refused, new VersionState("not published", time.GetUtcNow(), VersionStanding.Refused, 0, outcome.Score?.Accuracy, outcome.Reason));
            return;
        }
        if (outcome.Version is { } version && outcome.Kind is ReleaseKind.Published or ReleaseKind.Kept)
            MarkLearnt(version);
    }

    public (IReadOnlyList<AnswerState> Answers, IReadOnlyList<UpdateState> Updates, IReadOnlyList<VersionState> Refused) Read()
    {
        lock (_lock)
            return ([.. _answers.Select(a => a.State)], [.. _updates], [.. _refused]);
    }

    private void MarkLearnt(PolicyVersion version)
    {
        var learnt = version.Experiences.ToHashSet();
        lock (_lock)
        {
            for (LinkedListNode<(AnswerState State, long? Experience)>? node = _answers.First; node is not null; node = node.Next)
            {
                if (node.Value.Experience is { } id && learnt.Contains(id))
                    node.Value = (node.Value.State with { Use = AnswerUse.Learnt }, id);
            }
            for (LinkedListNode<UpdateState>? node = _updates.First; node is not null; node = node.Next)
            {
                if (node.Value is { Version: null, Outcome: State.UpdateOutcome.Applied })
                    node.Value = node.Value with { Version = version.Id };
            }
        }
    }

    // What was learnt since the last version is in none.
    private void MarkDropped(string reason)
    {
        lock (_lock)
        {
            for (LinkedListNode<UpdateState>? node = _updates.First; node is not null; node = node.Next)
            {
                if (node.Value is { Version: null, Outcome: State.UpdateOutcome.Applied })
                    node.Value = node.Value with { Outcome = State.UpdateOutcome.Refused, Reason = $"dropped: {reason}" };
            }
        }
    }

    private void Add<T>(LinkedList<T> list, T item)
    {
        lock (_lock)
        {
            list.AddFirst(item);
            if (list.Count > Most)
                list.RemoveLast();
        }
    }
}
