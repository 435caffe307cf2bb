namespace Pixelis.Training.Grpo;

/// <summary>Group-relative advantages: rewards less what the same example earned otherwise. Plain numbers in float64; no state.</summary>
public static class Advantages
{
    /// <summary>Computes the advantages of a batch of groups.</summary>
    /// <param name="groups">
    /// All groups of the batch: <see cref="AdvantageKind.NormalizeThenSum"/> looks at them together, the other kinds at each by itself.
    /// </param>
    /// <param name="options">How.</param>
    /// <returns>One result a group, in order.</returns>
    /// <remarks>
    /// Whether rewards vary is decided by exact equality of the rewards, not by their standard deviation: that of eight times 0.1 is not 0
    /// in floating point. A group of one gets advantage 0; verl lets its raw reward through.
    /// </remarks>
    public static IReadOnlyList<GroupAdvantages> Of(IReadOnlyList<GroupRewards> groups, AdvantageOptions options)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        GroupAdvantages[] results = [.. groups.Select(group => Within(group, options))];
        return options.Kind == AdvantageKind.NormalizeThenSum ? OverBatch(results, options.Epsilon) : results;
    }

    private static GroupAdvantages Within(GroupRewards group, AdvantageOptions options)
    {
        int[] known = [.. Enumerable.Range(0, group.Size).Where(group.IsKnown)];
        var rewards = new double?[group.Size];
        foreach (int row in known)
            rewards[row] = group.Terms.Sum(term => options.WeightOf(term.Key) * (term.Value[row] ?? 0));
        double[] values = [.. known.Select(row => rewards[row]!.Value)];
        Statistics statistics = Statistics.Of(values);
        bool byTerm = options.Kind == AdvantageKind.NormalizeThenSum;
        bool isUniform = byTerm ? group.Terms.All(term => options.WeightOf(term.Key) == 0 || AreEqual(Known(term.Value, known))) : AreEqual(values);
        GroupSignal signal = known.Length switch { 0 => GroupSignal.Unknown, 1 => GroupSignal.Single, _ => isUniform ? GroupSignal.Uniform : GroupSignal.Varied };
        var advantages = new double[group.Size];
        if (signal == GroupSignal.Varied)
        {
            if (byTerm)
                AddTerms(advantages, group, known, options);
            else
                Fill(advantages, rewards, known, statistics, options);
        }

        int failed = Enumerable.Range(0, group.Size).Count(group.HasFailed);
        return new GroupAdvantages(advantages, signal, rewards)
        {
            Mean = known.Length > 0 ? statistics.Mean : null,
            Deviation = known.Length > 1 ? statistics.Deviation : null,
            Failed = failed,
            Unscored = group.Size - known.Length - failed,
        };
    }

    private static void Fill(double[] advantages, double?[] rewards, int[] known, Statistics statistics, AdvantageOptions options)
    {
        double factor = options.Kind switch
        {
            AdvantageKind.Mean => 1,
            AdvantageKind.MeanAndStd => 1 / (statistics.Deviation + options.Epsilon),
            AdvantageKind.LeaveOneOut => known.Length / (known.Length - 1.0),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "An advantage kind was expected."),
        };
        foreach (int row in known)
            advantages[row] = (rewards[row]!.Value - statistics.Mean) * factor;
    }

    private static void AddTerms(double[] advantages, GroupRewards group, int[] known, AdvantageOptions options)
    {
        foreach ((string name, IReadOnlyList<double?> term) in group.Terms)
        {
            double[] values = Known(term, known);
            if (AreEqual(values))
                continue;
            Statistics statistics = Statistics.Of(values);
            foreach (int row in known)
            {
                if (term[row] is { } value)
                    advantages[row] += options.WeightOf(name) * (value - statistics.Mean) / (statistics.Deviation + options.Epsilon);
            }
        }
    }

    // Uniform groups count in the batch's statistics, as in TRL, and stay at exactly 0.
    private static GroupAdvantages[] OverBatch(GroupAdvantages[] groups, double epsilon)
    {
        double[] all = [.. groups.SelectMany(group => group.Values.Where((_, row) => group.Rewards[row] is not null))];
        Statistics statistics = Statistics.Of(all);
        return [.. groups.Select(group => group.HasSignal ? group with { Values = [.. group.Values.Select(Scale(group))] } : group)];

        Func<double, int, double> Scale(GroupAdvantages group) =>
            (value, row) => group.Rewards[row] is null ? 0 : (value - statistics.Mean) / (statistics.Deviation + epsilon);
    }

    private static double[] Known(IReadOnlyList<double?> term, int[] rows) => [.. rows.Select(row => term[row]).OfType<double>()];

    private static bool AreEqual(double[] values) => values.All(value => value == values[0]);

    /// <summary>Mean and standard deviation (n - 1; 0 for fewer than two).</summary>
    private readonly record struct Statistics(double Mean, double Deviation)
    {
        public static Statistics Of(double[] values)
        {
            if (values.Length == 0)
                return default;
            double mean = values.Average();
            return new Statistics(mean, values.Length < 2 ? 0 : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)));
        }
    }
}
