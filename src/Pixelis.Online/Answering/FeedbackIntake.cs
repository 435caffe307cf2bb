using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;

namespace Pixelis.Online;

/// <summary>
/// Makes what users say of answers the label of what is remembered, and sends it to training again. A user is a person, but no reviewer: the label's
/// confidence is lower, and an answer that is wrong without a word of what is right goes to a reviewer. Thread-safe.
/// </summary>
/// <param name="buffer">Where experiences are.</param>
/// <param name="redactor">Takes personal data out of corrections.</param>
/// <param name="training">Learns from the new label; null for nothing.</param>
/// <param name="reviews">Asked about answers that are only wrong; null for nobody.</param>
/// <param name="audit">Where feedback is put on record; null for nowhere.</param>
/// <param name="confidence">How sure a user's word is, at least 0 and below 1, which a reviewer's is. Default 0.8.</param>
internal sealed class FeedbackIntake(
    IExperienceBuffer buffer, IRedactor redactor, Func<Experience, CancellationToken, ValueTask>? training = null, IReviewQueue? reviews = null, AuditLog? audit = null, double confidence = 0.8) : IFeedbackSink
{
    private const double DoubtedPriority = 0.01;

    private readonly double _confidence = confidence is >= 0 and < 1
        ? confidence
        : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "At least 0 and below 1 was expected.");

    /// <inheritdoc />
    public async ValueTask<bool> TakeAsync(AnswerFeedback feedback, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feedback);
        if (await buffer.FindByRequestAsync(RequestNames.Of(feedback.TraceId, redactor), cancellationToken).ConfigureAwait(false) is not { } experience)
            return false;
        await RecordAsync(experience.Id, feedback).ConfigureAwait(false);
        if (experience.LabelSource == LabelSource.Person && (experience.Label is null || experience.Confidence == 1))
            return true; // a reviewer has decided
        string? right = feedback.IsCorrect ? experience.Label ?? experience.Answer : feedback.Correction is { } text ? redactor.Redact(text).Text : null;
        if (string.IsNullOrWhiteSpace(right))
            return await DoubtAsync(experience, cancellationToken).ConfigureAwait(false);
        double priority = feedback.IsCorrect ? experience.Priority : Math.Max(1, experience.Priority); // a vote was wrong: more is to be learnt from it
        if (!await buffer.RelabelAsync(experience.Id, right, LabelSource.Person, _confidence, priority, cancellationToken).ConfigureAwait(false))
            return false;
        if (training is not null && await buffer.FindAsync(experience.Id, CancellationToken.None).ConfigureAwait(false) is { } relabelled)
            await training(relabelled, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // Nobody knows what is right: it has no vote any more, and a reviewer is asked.
    private async Task<bool> DoubtAsync(Experience experience, CancellationToken cancellationToken)
    {
        if (!await buffer.RelabelAsync(experience.Id, null, LabelSource.None, 0, DoubtedPriority, cancellationToken).ConfigureAwait(false))
            return false;
        await AskReviewerAsync(experience).ConfigureAwait(false);
        return true;
    }

    private async Task AskReviewerAsync(Experience experience)
    {
        if (reviews is null)
            return;
        await reviews.EnqueueAsync(new ReviewRequest
        {
            Experience = experience.Id, RequestId = experience.RequestId, Tenant = experience.Tenant, Question = experience.Question, Answer = experience.Answer,
            Proposed = experience.Label, Confidence = experience.Confidence, Cause = ReviewCause.Requested,
        }).ConfigureAwait(false);
    }

    private async Task RecordAsync(long experience, AnswerFeedback feedback)
    {
        if (audit is not null)
        {
            string action = feedback.IsCorrect ? "confirm" : feedback.Correction is null ? "doubt" : "correct";
            await audit.AppendAsync(new AuditEntry { Type = "feedback", Actor = "user", Action = action, Resource = FormattableString.Invariant($"experience {experience}") }).ConfigureAwait(false);
        }
    }
}
