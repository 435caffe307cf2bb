using Pixelis.Online;

namespace Pixelis.Serving.Review;

/// <summary>A page of the review queue.</summary>
internal sealed record ReviewPageDocument(string Object, IReadOnlyList<ReviewItemDocument> Data, bool HasMore);

/// <summary>Something a person is asked about.</summary>
internal sealed record ReviewItemDocument(
    long Id, long Experience, string RequestId, string Tenant, string Question, string? Answer, string? Proposed, double Confidence, string Cause,
    DateTimeOffset CreatedAt, string? ClaimedBy, DateTimeOffset? ClaimedUntil, ReviewDecisionDocument? Decision)
{
    public static ReviewItemDocument Of(ReviewItem item) => new(
        item.Id, item.Request.Experience, item.Request.RequestId, item.Request.Tenant, item.Request.Question, item.Request.Answer, item.Request.Proposed,
        item.Request.Confidence, Words.Of(item.Request.Cause), item.CreatedAt, item.ClaimedBy, item.ClaimedUntil,
        item.Decision is { } decision ? ReviewDecisionDocument.Of(decision) : null);
}

/// <summary>What was decided.</summary>
internal sealed record ReviewDecisionDocument(long Number, long Item, string Verdict, string? Label, string Reviewer, string? Reason, DateTimeOffset DecidedAt)
{
    public static ReviewDecisionDocument Of(ReviewDecision decision) => new(
        decision.Number, decision.Item, Words.Of(decision.Verdict), decision.Label, decision.Reviewer, decision.Reason, decision.DecidedAt);
}
