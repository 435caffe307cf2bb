namespace Pixelis.Rewards;

/// <summary>Sums of terms within a range.</summary>
internal static class BoundedTerms
{
    /// <summary>The sum of the terms; where it leaves the range, a term <c>limit</c> takes it back, so that the terms still add up.</summary>
    public static RewardBreakdown Sum(IReadOnlyList<RewardTerm> terms, RewardRange range)
    {
        double sum = terms.Sum(t => t.Value), bounded = Math.Clamp(sum, range.Least, range.Most);
        return RewardBreakdown.Of(bounded == sum ? terms : [.. terms, new RewardTerm("limit", bounded - sum, FormattableString.Invariant($"no more than {bounded}"))]);
    }
}
