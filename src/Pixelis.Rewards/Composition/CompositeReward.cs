using System.Globalization;

namespace Pixelis.Rewards;

/// <summary>
/// A weighted sum of rewards. Every part keeps its own breakdown (<see cref="RewardBreakdown.Parts"/>), and its share of the sum is a
/// term. A part that cannot be measured for an episode adds 0; if it is required, or if nothing could be measured, the episode has no
/// reward. A part that throws, that rewards another number of episodes, or that leaves its range is reported by name.
/// </summary>
public sealed class CompositeReward : IRewardFunction
{
    /// <summary>Makes the sum.</summary>
    /// <param name="parts">What is added; at least one, of different names.</param>
    /// <param name="normalization">How parts are brought to one scale. Default not at all.</param>
    public CompositeReward(IReadOnlyList<RewardPart> parts, RewardNormalization normalization = RewardNormalization.None)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0 || parts.DistinctBy(p => p.Reward.Name).Count() != parts.Count)
            throw new ArgumentException("One part or more was expected, of different names.", nameof(parts));
        foreach (RewardPart part in parts)
        {
            if (!(double.IsFinite(part.Weight) && part.Weight >= 0))
                throw new ArgumentException($"'{part.Reward.Name}' has weight {part.Weight}; a finite number of at least 0 was expected.", nameof(parts));
            if (!double.IsFinite(part.Reward.Range.Width) && normalization == RewardNormalization.Fixed)
                throw new ArgumentException($"'{part.Reward.Name}' has no bounds, so it has no fixed scale.", nameof(normalization));
        }
        Parts = parts;
        Normalization = normalization;
    }

    /// <summary>What is added.</summary>
    public IReadOnlyList<RewardPart> Parts { get; }

    /// <summary>How parts are brought to one scale.</summary>
    public RewardNormalization Normalization { get; }

    /// <inheritdoc />
    public string Name => "reward";

    /// <inheritdoc />
    /// <remarks>Without bounds where the group decides the scale: one right answer among n then gets up to (n - 1) / sqrt(n).</remarks>
    public RewardRange Range => Normalization is RewardNormalization.Group or RewardNormalization.GroupOfSum
        ? new RewardRange(double.NegativeInfinity, double.PositiveInfinity)
        : new RewardRange(Parts.Sum(p => Share(p).Least), Parts.Sum(p => Share(p).Most));

    /// <summary>
    /// How far the parts that are not required can move the sum. Where it is less than the weighted difference between a right and a wrong
    /// answer, no shaping makes up for a wrong one.
    /// </summary>
    public double ShapingWidth => Parts.Where(p => !p.IsRequired).Sum(p => Share(p).Width);

    /// <summary>The same parts with other weights; parts that are not named keep theirs.</summary>
    /// <param name="weights">Weights by name of the part.</param>
    /// <exception cref="ArgumentException">A name that no part has.</exception>
    public CompositeReward WithWeights(IReadOnlyDictionary<string, double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.Keys.Except(Parts.Select(p => p.Reward.Name)).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"There is no part '{unknown}'; the parts are {string.Join(", ", Parts.Select(p => p.Reward.Name))}.", nameof(weights));
        return new CompositeReward([.. Parts.Select(p => p with { Weight = weights.GetValueOrDefault(p.Reward.Name, p.Weight) })], Normalization);
    }

    /// <inheritdoc />
    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        IReadOnlyList<RewardBreakdown>[] raw = [.. Parts.Select(p => Measure(p.Reward, group))];
        Func<double, double>[] scales = [.. Parts.Zip(raw, Scale)];
        RewardBreakdown[] sums = [.. group.Episodes.Select((_, e) => Sum([.. raw.Select(r => r[e])], scales))];
        return Normalization == RewardNormalization.GroupOfSum ? Normalized(sums) : sums;
    }

    private static IReadOnlyList<RewardBreakdown> Measure(IRewardFunction reward, RewardGroup group)
    {
        IReadOnlyList<RewardBreakdown> measured;
        try
        {
            measured = reward.Score(group);
        }
        catch (Exception e) when (e is not PixelisException)
        {
            throw new RewardException(reward.Name, group.Example.Id, e.Message, e);
        }
        if (measured.Count != group.Episodes.Count)
            throw new RewardException(reward.Name, group.Example.Id, $"{measured.Count} rewards for {group.Episodes.Count} episodes.");
        if (measured.FirstOrDefault(m => m.Total is { } total && !reward.Range.Contains(total)) is { } stray)
        {
            string problem = string.Create(CultureInfo.InvariantCulture, $"{stray.Total} is outside its range {reward.Range.Least}..{reward.Range.Most}.");
            throw new RewardException(reward.Name, group.Example.Id, problem);
        }
        return measured;
    }

    private Func<double, double> Scale(RewardPart part, IReadOnlyList<RewardBreakdown> measured) => Normalization switch
    {
        RewardNormalization.Fixed => reward => reward / Magnitude(part.Reward.Range),
        RewardNormalization.Group => GroupStatistics.Of(measured.Select(m => m.Total)).Normalize,
        _ => reward => reward,
    };

    private RewardBreakdown Sum(IReadOnlyList<RewardBreakdown> measured, Func<double, double>[] scales)
    {
        RewardTerm[] terms = [.. Parts.Select((part, i) => Weighted(part, measured[i], scales[i]))];
        bool isMeasured = Parts.Zip(measured).All(p => p.Second.Total is not null || !p.First.IsRequired) && measured.Any(m => m.Total is not null);
        return new RewardBreakdown(isMeasured ? terms.Sum(t => t.Value) : null, terms)
        {
            Parts = Parts.Zip(measured).ToDictionary(p => p.First.Reward.Name, p => p.Second),
        };
    }

    private static RewardTerm Weighted(RewardPart part, RewardBreakdown measured, Func<double, double> scale)
    {
        if (measured.Total is not { } raw)
            return new RewardTerm(part.Reward.Name, 0, $"not measured: {string.Join("; ", measured.Terms.Select(t => t.Reason))}");
        double scaled = scale(raw);
        return new RewardTerm(
            part.Reward.Name, part.Weight * scaled, string.Create(CultureInfo.InvariantCulture, $"{part.Weight:G4} x {scaled:G4}{(scaled == raw ? "" : $" (raw {raw:G4})")}"));
    }

    private static RewardBreakdown[] Normalized(RewardBreakdown[] sums)
    {
        GroupStatistics statistics = GroupStatistics.Of(sums.Select(s => s.Total));
        return [.. sums.Select(sum => sum.Total is null ? sum : Normalized(sum, statistics))];
    }

    private static RewardBreakdown Normalized(RewardBreakdown sum, GroupStatistics statistics)
    {
        RewardTerm[] terms =
        [
            .. sum.Terms.Select(t => new RewardTerm(t.Name, t.Value / statistics.Scale, t.Reason, t.Turn)),
            new RewardTerm("group_mean", -statistics.Mean / statistics.Scale),
        ];
        return new RewardBreakdown(terms.Sum(t => t.Value), terms) { Parts = sum.Parts };
    }

    private RewardRange Share(RewardPart part)
    {
        RewardRange range = part.Reward.Range;
        double factor = part.Weight / (Normalization == RewardNormalization.Fixed ? Magnitude(range) : 1);
        (double least, double most) = factor == 0 ? (0, 0) : (factor * range.Least, factor * range.Most);
        return part.IsRequired ? new RewardRange(least, most) : new RewardRange(Math.Min(0, least), Math.Max(0, most)); // 0 where it is not measured
    }

    private static double Magnitude(RewardRange range) => Math.Max(Math.Abs(range.Least), Math.Abs(range.Most)) is > 0 and var largest ? largest : 1;
}
