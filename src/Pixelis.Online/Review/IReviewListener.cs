namespace Pixelis.Online;

/// <summary>Does what a decision asks for. It may be told of a decision again after a crash, so doing it twice must be as doing it once.</summary>
internal interface IReviewListener
{
    /// <summary>A decision was made. When this returns, the decision has taken effect.</summary>
    ValueTask OnDecisionAsync(ReviewDecision decision, CancellationToken cancellationToken = default);
}
