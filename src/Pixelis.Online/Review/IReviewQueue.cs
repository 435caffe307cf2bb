namespace Pixelis.Online;

/// <summary>
/// What people are asked about, and what they decide. Thread-safe. What a method that changes something has returned survives a crash of
/// the process and of the machine.
/// </summary>
public interface IReviewQueue : IAsyncDisposable
{
    /// <summary>Puts something into the queue. An experience is in it once: putting it again gives back the item there is.</summary>
    ValueTask<ReviewItem> EnqueueAsync(ReviewRequest request, CancellationToken cancellationToken = default);

    /// <summary>One item; null when there is none (any more).</summary>
    ValueTask<ReviewItem?> FindAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>A page of items; shorter than asked for, or empty, at the end.</summary>
    ValueTask<IReadOnlyList<ReviewItem>> ListAsync(ReviewFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>Takes the oldest pending item that nobody is at: no other reviewer gets it while the lease lasts.</summary>
    /// <param name="reviewer">Who takes it.</param>
    /// <param name="lease">For how long, above zero.</param>
    /// <param name="tenant">Of this tenant only; null for all.</param>
    /// <param name="cancellationToken">Stops before anything changes.</param>
    /// <returns>The item; null when there is none.</returns>
    ValueTask<ReviewItem?> ClaimNextAsync(string reviewer, TimeSpan lease, string? tenant = null, CancellationToken cancellationToken = default);

    /// <summary>Takes one item, or makes an own lease last longer.</summary>
    /// <exception cref="ReviewConflictException">Somebody else is at it, or it is decided.</exception>
    /// <exception cref="PixelisException">There is no such item.</exception>
    ValueTask<ReviewItem> ClaimAsync(long id, string reviewer, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Gives an item back undecided. False when the reviewer was not at it.</summary>
    ValueTask<bool> ReleaseAsync(long id, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>The proposed label is right. Needs no claim while nobody else has one. Deciding the same again gives back the first decision.</summary>
    /// <exception cref="ReviewConflictException">It was decided otherwise, somebody else is at it, or there is no label to approve.</exception>
    /// <exception cref="PixelisException">There is no such item.</exception>
    ValueTask<ReviewDecision> ApproveAsync(long id, string reviewer, CancellationToken cancellationToken = default);

    /// <summary>Another answer is right; otherwise as <see cref="ApproveAsync"/>.</summary>
    /// <param name="id">The item's number.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <param name="answer">What is right; not blank.</param>
    /// <param name="reason">Why; null for nothing.</param>
    /// <param name="cancellationToken">Stops before anything changes.</param>
    ValueTask<ReviewDecision> CorrectAsync(long id, string reviewer, string answer, string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Nothing is to be learnt from it; otherwise as <see cref="ApproveAsync"/>.</summary>
    /// <param name="id">The item's number.</param>
    /// <param name="reviewer">Who decides.</param>
    /// <param name="reason">Why; not blank.</param>
    /// <param name="cancellationToken">Stops before anything changes.</param>
    ValueTask<ReviewDecision> RejectAsync(long id, string reviewer, string reason, CancellationToken cancellationToken = default);

    /// <summary>
    /// Decisions that have not taken effect (<see cref="ConfirmAsync"/>), in the order they were made, each once; then new ones as they are
    /// made. Ends only when cancelled, or when the queue is disposed. One reader at a time is meant.
    /// </summary>
    IAsyncEnumerable<ReviewDecision> ReadDecisionsAsync(CancellationToken cancellationToken = default);

    /// <summary>A decision has taken effect and need not be told again. False when there is none of that number.</summary>
    ValueTask<bool> ConfirmAsync(long decision, CancellationToken cancellationToken = default);

    /// <summary>Forgets experiences that were erased: their items and decisions. Returns how many items are gone.</summary>
    ValueTask<int> ForgetAsync(IReadOnlyCollection<long> experiences, CancellationToken cancellationToken = default);
}
