namespace Pixelis.Online;

/// <summary>
/// Makes a decision the experience's label: the approved or corrected one, said by a person, confidence 1; no label for a rejected one,
/// which then neither votes nor is drawn. What was approved or corrected goes to training again. An experience that is gone is passed over.
/// </summary>
/// <param name="buffer">Where experiences are.</param>
/// <param name="retrain">
/// Takes in the experience with its new label; null for nothing, and it is learnt when it is drawn. It may get one again after a crash.
/// </param>
internal sealed class ReviewRelabel(
    IExperienceBuffer buffer, Func<Experience, ReviewDecision, CancellationToken, ValueTask>? retrain = null) : IReviewListener
{
    private const double CorrectedPriority = 1; // the vote was wrong: more is to be learnt from it than from anything
    private const double RejectedPriority = 0.01;

    /// <inheritdoc />
    public async ValueTask OnDecisionAsync(ReviewDecision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (await buffer.FindAsync(decision.Experience, cancellationToken).ConfigureAwait(false) is not { } experience)
            return;
        (double confidence, double priority) = decision.Verdict switch
        {
            ReviewVerdict.Approved => (1, experience.Priority),
            ReviewVerdict.Corrected => (1, Math.Max(CorrectedPriority, experience.Priority)),
            _ => (0, RejectedPriority),
        };
        bool isThere = await buffer
            .RelabelAsync(decision.Experience, decision.Label, LabelSource.Person, confidence, priority, cancellationToken)
            .ConfigureAwait(false);
        if (!isThere || decision.Label is null || retrain is null)
            return;
        if (await buffer.FindAsync(decision.Experience, cancellationToken).ConfigureAwait(false) is { } relabelled)
            await retrain(relabelled, decision, cancellationToken).ConfigureAwait(false);
    }
}
