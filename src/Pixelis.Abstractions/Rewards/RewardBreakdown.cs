namespace Pixelis.Rewards;

/// <summary>
/// A reward and what it is made of: the values of <see cref="Terms"/> add up to <see cref="Total"/>. Immutable; equal totals do not make
/// equal breakdowns.
/// </summary>
/// <param name="Total">
/// The reward, finite; null when it could not be measured (no ground truth, no embeddings), which is not the same as 0: nothing shall be
/// learned from it.
/// </param>
/// <param name="Terms">Its terms; for a reward that could not be measured, at least one that says why.</param>
public sealed record RewardBreakdown(double? Total, IReadOnlyList<RewardTerm> Terms)
{
    /// <summary>The reward, finite; null when it could not be measured.</summary>
    public double? Total { get; } = Total is null || double.IsFinite(Total.Value)
        ? Total
        : throw new ArgumentOutOfRangeException(nameof(Total), Total, "A reward is a finite number, or null when it could not be measured.");

    /// <summary>The breakdowns that a composed reward is made of, by name, before weights and normalisation; empty for a plain one.</summary>
    public IReadOnlyDictionary<string, RewardBreakdown> Parts { get; init; } = new Dictionary<string, RewardBreakdown>();

    /// <summary>The sum of some terms.</summary>
    public static RewardBreakdown Of(IReadOnlyList<RewardTerm> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new RewardBreakdown(terms.Sum(t => t.Value), terms);
    }

    /// <summary>A single term.</summary>
    public static RewardBreakdown Of(string name, double value, string? reason = null) => Of([new RewardTerm(name, value, reason)]);

    /// <summary>A reward that could not be measured.</summary>
    /// <param name="name">Name of the term that says so.</param>
    /// <param name="reason">What is missing.</param>
    public static RewardBreakdown NotMeasured(string name, string reason) => new(null, [new RewardTerm(name, 0, reason)]);

    /// <summary>
    /// Everything as numbers for a log: <c>total</c>, each term by its name (terms of one name summed), and for a composed reward
    /// <c>part.raw</c> and <c>part.term</c>. What was not measured is absent.
    /// </summary>
    public IReadOnlyDictionary<string, double> ToLog()
    {
        var log = new SortedDictionary<string, double>(StringComparer.Ordinal);
        Write(log, "", "total");
        return log;
    }

    private void Write(SortedDictionary<string, double> log, string prefix, string total)
    {
        if (Total is not { } value)
            return;
        log[prefix + total] = value;
        foreach (IGrouping<string, RewardTerm> terms in Terms.GroupBy(t => t.Name))
            log[prefix + terms.Key] = terms.Sum(t => t.Value);
        foreach ((string name, RewardBreakdown part) in Parts)
            part.Write(log, $"{prefix}{name}.", "raw");
    }
}
