namespace Pixelis.Online.Tests.Review;

internal static class ReviewRequests
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    public static ReviewRequest Of(long experience, string? proposed = "cat") => new()
    {
        Experience = experience, RequestId = $"r{experience}", Question = "What is it?", Answer = "dog", Proposed = proposed, Confidence = 0.75,
    };
}
