using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Pixelis.Online;

/// <summary>
/// A review queue in a SQLite file of its own. What it has said is on the disk: a kill at any moment loses at most what was not answered
/// yet. Several processes may have the file open, a server and a reviewer's tool.
/// </summary>
public sealed class ReviewQueue : IReviewQueue
{
    private const int Batch = 100;
    private readonly ReviewDatabase _database;
    private readonly TimeProvider _time;
    private readonly TimeSpan _poll;
    private readonly CancellationTokenSource _disposed = new();
    private TaskCompletionSource _decided = NewSignal();

    private ReviewQueue(ReviewDatabase database, TimeProvider time, TimeSpan poll)
    {
        _database = database;
        _time = time;
        _poll = poll;
    }

    /// <summary>Opens a queue, or makes one where there is no file.</summary>
    /// <param name="path">The file, usually <c>review.db</c>; its folder must exist.</param>
    /// <param name="options">Settings; null for the defaults.</param>
    /// <param name="time">What tells the time; null for the system's.</param>
    /// <exception cref="PixelisException">The file is no review queue, damaged, or of a newer version; or it cannot be written.</exception>
    public static ReviewQueue Open(string path, ReviewQueueOptions? options = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        TimeSpan poll = (options ?? new ReviewQueueOptions()).PollInterval;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(poll, TimeSpan.Zero, nameof(options));
        return new ReviewQueue(ReviewDatabase.Open(path), time ?? TimeProvider.System, poll);
    }

    /// <inheritdoc />
    public ValueTask<ReviewItem> EnqueueAsync(ReviewRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Experience, 1, nameof(request));
        _ = Gate.Unit(request.Confidence, nameof(request));
        return _database.RunAsync(
            connection =>
            {
                DateTimeOffset now = _time.GetUtcNow();
                ReviewDatabase.Execute(
                    connection,
                    """
                    INSERT INTO items(experience, request_id, tenant, question, answer, proposed, confidence, cause, created)
                    VALUES($experience, $request, $tenant, $question, $answer, $proposed, $confidence, $cause, $created)
                    ON CONFLICT(experience) DO NOTHING
                    """,
                    ("$experience", request.Experience), ("$request", request.RequestId), ("$tenant", request.Tenant), ("$question", request.Question),
                    ("$answer", request.Answer), ("$proposed", request.Proposed), ("$confidence", request.Confidence), ("$cause", (int)request.Cause),
                    ("$created", ReviewRows.Ticks(now)));
                return ReviewRows.Select(connection, now, "WHERE i.experience = $experience", ("$experience", request.Experience)).Single();
            },
            writes: true,
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<ReviewItem?> FindAsync(long id, CancellationToken cancellationToken = default) =>
        _database.RunAsync(connection => ReviewRows.Find(connection, _time.GetUtcNow(), id), writes: false, cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ReviewItem>> ListAsync(ReviewFilter? filter = null, CancellationToken cancellationToken = default)
    {
        filter ??= new ReviewFilter();
        if (filter.Count is < 1 or > 1_000)
            throw new ArgumentOutOfRangeException(nameof(filter), filter.Count, "1 to 1000 items a page were expected.");
        return _database.RunAsync<IReadOnlyList<ReviewItem>>(
            connection =>
            {
                DateTimeOffset now = _time.GetUtcNow();
                return ReviewRows.Select(
                    connection,
                    now,
                    """
                    WHERE i.id > $after AND ($tenant IS NULL OR i.tenant = $tenant) AND ($cause IS NULL OR i.cause = $cause)
                        AND ($decided IS NULL OR (d.number IS NOT NULL) = $decided)
                        AND ($unclaimed = 0 OR d.number IS NOT NULL OR i.claimed_until IS NULL OR i.claimed_until <= $now)
                    ORDER BY i.id LIMIT $count
                    """,
                    ("$after", filter.After), ("$tenant", filter.Tenant), ("$cause", (int?)filter.Cause), ("$decided", filter.Decided),
                    ("$unclaimed", filter.UnclaimedOnly), ("$now", ReviewRows.Ticks(now)), ("$count", filter.Count));
            },
            writes: false,
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<ReviewItem?> ClaimNextAsync(string reviewer, TimeSpan lease, string? tenant = null, CancellationToken cancellationToken = default)
    {
        Check(reviewer, lease);
        return _database.RunAsync(
            connection =>
            {
                DateTimeOffset now = _time.GetUtcNow();
                ReviewItem? next = ReviewRows.Select(
                    connection,
                    now,
                    """
                    WHERE d.number IS NULL AND (i.claimed_until IS NULL OR i.claimed_until <= $now) AND ($tenant IS NULL OR i.tenant = $tenant)
                    ORDER BY i.id LIMIT 1
                    """,
                    ("$now", ReviewRows.Ticks(now)), ("$tenant", tenant)).SingleOrDefault();
                return next is null ? null : Claim(connection, next.Id, reviewer, now, lease);
            },
            writes: true,
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<ReviewItem> ClaimAsync(long id, string reviewer, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        Check(reviewer, lease);
        return _database.RunAsync(
            connection =>
            {
                DateTimeOffset now = _time.GetUtcNow();
                ReviewItem item = Undisputed(connection, id, reviewer, now);
                return item.Decision is { } decision
                    ? throw new ReviewConflictException(id, $"{ReviewRuling.Told(decision)}; there is nothing left to decide.")
                    : Claim(connection, id, reviewer, now, lease);
            },
            writes: true,
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<bool> ReleaseAsync(long id, string reviewer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reviewer);
        return _database.RunAsync(
            connection => ReviewDatabase.Execute(
                connection,
                """
                UPDATE items SET claimed_by = NULL, claimed_until = NULL
                WHERE id = $id AND claimed_by = $reviewer AND claimed_until > $now AND NOT EXISTS (SELECT 1 FROM decisions WHERE item = $id)
                """,
                ("$id", id), ("$reviewer", reviewer), ("$now", ReviewRows.Ticks(_time.GetUtcNow()))) > 0,
            writes: true,
            cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<ReviewDecision> ApproveAsync(long id, string reviewer, CancellationToken cancellationToken = default) =>
        DecideAsync(id, new ReviewRuling(ReviewVerdict.Approved, reviewer, null, null), cancellationToken);

    /// <inheritdoc />
    public ValueTask<ReviewDecision> CorrectAsync(long id, string reviewer, string answer, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(answer);
        return DecideAsync(id, new ReviewRuling(ReviewVerdict.Corrected, reviewer, answer.Trim(), reason), cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask<ReviewDecision> RejectAsync(long id, string reviewer, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return DecideAsync(id, new ReviewRuling(ReviewVerdict.Rejected, reviewer, null, reason), cancellationToken);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ReviewDecision> ReadDecisionsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        for (long last = 0; ;)
        {
            Task signal = Volatile.Read(ref _decided).Task; // before reading, so that no decision falls between
            List<ReviewDecision> decisions;
            try
            {
                decisions = await _database.RunAsync(c => ReviewRows.Unconfirmed(c, last, Batch), writes: false, either.Token).ConfigureAwait(false);
                if (decisions.Count == 0)
                    await WaitAsync(signal, either.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException && _disposed.IsCancellationRequested)
            {
                yield break;
            }
            foreach (ReviewDecision decision in decisions)
            {
                last = decision.Number;
                yield return decision;
            }
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> ConfirmAsync(long decision, CancellationToken cancellationToken = default) => _database.RunAsync(
        connection => ReviewDatabase.Execute(connection, "UPDATE decisions SET confirmed = 1 WHERE number = $number", ("$number", decision)) > 0,
        writes: true,
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask<int> ForgetAsync(IReadOnlyCollection<long> experiences, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(experiences);
        int gone = await _database.RunAsync(
            connection => experiences.Sum(e => ReviewDatabase.Execute(connection, "DELETE FROM items WHERE experience = $experience", ("$experience", e))),
            writes: true,
            cancellationToken).ConfigureAwait(false);
        // The log holds what was erased until it is written back and cut off.
        await _database
            .RunAsync(c => ReviewDatabase.Execute(c, "PRAGMA wal_checkpoint(TRUNCATE)"), writes: false, CancellationToken.None)
            .ConfigureAwait(false);
        return gone;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_disposed.IsCancellationRequested)
            return;
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<ReviewDecision> DecideAsync(long id, ReviewRuling ruling, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ruling.Reviewer);
        ReviewDecision decision = await _database.RunAsync(
            connection =>
            {
                DateTimeOffset now = _time.GetUtcNow();
                ReviewItem item = Undisputed(connection, id, ruling.Reviewer, now);
                if (ruling.Against(item) is { } made)
                    return made;
                ruling.Write(connection, item, now);
                return ReviewRows.Find(connection, now, id)!.Decision!;
            },
            writes: true,
            cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _decided, NewSignal()).TrySetResult();
        return decision;
    }

    private async Task WaitAsync(Task signal, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(signal, Task.Delay(_poll, _time, timer.Token)).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static ReviewItem Undisputed(SqliteConnection connection, long id, string reviewer, DateTimeOffset now)
    {
        ReviewItem item = ReviewRows.Find(connection, now, id) ?? throw new PixelisException($"Review item {id}: there is none.");
        return item.ClaimedBy is null || item.ClaimedBy == reviewer
            ? item
            : throw new ReviewConflictException(id, $"{item.ClaimedBy} is at it until {item.ClaimedUntil:u}.");
    }

    private static ReviewItem Claim(SqliteConnection connection, long id, string reviewer, DateTimeOffset now, TimeSpan lease)
    {
        ReviewDatabase.Execute(
            connection, "UPDATE items SET claimed_by = $reviewer, claimed_until = $until WHERE id = $id",
            ("$id", id), ("$reviewer", reviewer), ("$until", ReviewRows.Ticks(now + lease)));
        return ReviewRows.Find(connection, now, id)!;
    }

    private static void Check(string reviewer, TimeSpan lease)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reviewer);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lease, TimeSpan.Zero);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
