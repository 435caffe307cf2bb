using System.Globalization;
using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;

namespace Pixelis.Online;

/// <summary>
/// Puts a decision on record before it takes effect. One that cannot be does not take effect, and is told again after the next start; one whose telling was
/// cut short by a crash may stand in the log twice, with one number.
/// </summary>
internal sealed class ReviewRecord(AuditLog audit, SubjectHasher reviewers, IReviewListener inner) : IReviewListener
{
    private const string Reviewers = "reviewers"; // salts the hash, as a tenant does those of people who ask

    /// <inheritdoc />
    public async ValueTask OnDecisionAsync(ReviewDecision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        await audit.AppendAsync(EntryOf(decision), cancellationToken).ConfigureAwait(false);
        await inner.OnDecisionAsync(decision, cancellationToken).ConfigureAwait(false);
    }

    private AuditEntry EntryOf(ReviewDecision decision) => new()
    {
        Type = "review",
        Actor = $"reviewer {reviewers.Hash(Reviewers, decision.Reviewer)}",
        Action = decision.Verdict switch
        {
            ReviewVerdict.Approved => "approve",
            ReviewVerdict.Corrected => "correct",
            _ => "reject",
        },
        Resource = FormattableString.Invariant($"experience {decision.Experience}"),
        Metadata = new Dictionary<string, string>
        {
            ["decision"] = decision.Number.ToString(CultureInfo.InvariantCulture),
            ["item"] = decision.Item.ToString(CultureInfo.InvariantCulture),
        },
    };
}
