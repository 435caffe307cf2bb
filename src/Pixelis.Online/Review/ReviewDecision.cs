namespace Pixelis.Online;

/// <summary>What a reviewer decided about an item. It never changes.</summary>
/// <param name="Number">The queue's own number, from 1, growing with time, never used twice.</param>
/// <param name="Item">The item's number.</param>
/// <param name="Experience">The experience it is about.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Label">What is right: the proposed label or the corrected one; null for a rejected item.</param>
/// <param name="Reviewer">Who decided.</param>
/// <param name="Reason">Why, in the reviewer's words; null when nothing was said.</param>
/// <param name="DecidedAt">When.</param>
public sealed record ReviewDecision(
    long Number, long Item, long Experience, ReviewVerdict Verdict, string? Label, string Reviewer, string? Reason, DateTimeOffset DecidedAt);
