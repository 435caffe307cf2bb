namespace Pixelis.Online;

/// <summary>Something in the queue, as it was when it was read.</summary>
/// <param name="Id">The queue's own number, from 1, never used twice.</param>
/// <param name="Request">What is asked.</param>
/// <param name="CreatedAt">When it came.</param>
/// <param name="ClaimedBy">Who is at it; null when nobody is.</param>
/// <param name="ClaimedUntil">Until when nobody else can take it; null when nobody is at it.</param>
/// <param name="Decision">What was decided; null while it is pending.</param>
public sealed record ReviewItem(
    long Id, ReviewRequest Request, DateTimeOffset CreatedAt, string? ClaimedBy, DateTimeOffset? ClaimedUntil, ReviewDecision? Decision);
