using Microsoft.Data.Sqlite;

namespace Pixelis.Online;

/// <summary>What a reviewer wants to decide, before it is known whether that can be.</summary>
internal sealed record ReviewRuling(ReviewVerdict Verdict, string Reviewer, string? Answer, string? Reason)
{
    /// <summary>A decision in words.</summary>
    public static string Told(ReviewDecision decision)
    {
        string what = decision.Verdict switch
        {
            ReviewVerdict.Approved => $"approved as '{decision.Label}'",
            ReviewVerdict.Corrected => $"corrected to '{decision.Label}'",
            _ => "rejected",
        };
        return $"it was {what} by {decision.Reviewer} at {decision.DecidedAt:u}";
    }

    /// <summary>The decision there is, if it is this one; null while there is none.</summary>
    /// <exception cref="ReviewConflictException">The item was decided otherwise, or has no label to approve.</exception>
    public ReviewDecision? Against(ReviewItem item)
    {
        if (item.Decision is { } made)
        {
            bool isSame = made.Verdict == Verdict && (Verdict != ReviewVerdict.Corrected || made.Label == Answer);
            return isSame ? made : throw new ReviewConflictException(item.Id, $"{Told(made)}; a decision stands.");
        }
        return Verdict == ReviewVerdict.Approved && item.Request.Proposed is null
            ? throw new ReviewConflictException(item.Id, "the vote proposed no label; correct it or reject it.")
            : null;
    }

    /// <summary>Writes it down, and ends the claim.</summary>
    public void Write(SqliteConnection connection, ReviewItem item, DateTimeOffset now)
    {
        string? label = Verdict == ReviewVerdict.Approved ? item.Request.Proposed : Answer;
        ReviewDatabase.Execute(
            connection,
            "INSERT INTO decisions(item, verdict, label, reviewer, reason, decided) VALUES($item, $verdict, $label, $reviewer, $reason, $decided)",
            ("$item", item.Id), ("$verdict", (int)Verdict), ("$label", label), ("$reviewer", Reviewer), ("$reason", Reason),
            ("$decided", ReviewRows.Ticks(now)));
        ReviewDatabase.Execute(connection, "UPDATE items SET claimed_by = NULL, claimed_until = NULL WHERE id = $item", ("$item", item.Id));
    }
}
