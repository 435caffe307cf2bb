namespace Pixelis.Training.Grpo;

/// <summary>The rewards of a group: one row for each trajectory of one example, one column for each term of the reward.</summary>
/// <remarks>
/// Null says that a term does not apply to a trajectory: the term is passed over. A value that is not a finite number says that a term
/// failed: then the whole trajectory's reward is not known. A trajectory without a known reward takes no part in statistics and gets
/// advantage 0.
/// </remarks>
public sealed class GroupRewards
{
    /// <summary>The name of the only term of <see cref="Of"/>.</summary>
    public const string OnlyTerm = "reward";

    /// <summary>Makes a group.</summary>
    /// <param name="terms">Values by name of the term, one a trajectory.</param>
    /// <exception cref="ArgumentException">No terms, or terms of different counts.</exception>
    public GroupRewards(IReadOnlyDictionary<string, IReadOnlyList<double?>> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Count == 0)
            throw new ArgumentException("A group needs at least one term of reward.", nameof(terms));
        Size = terms.First().Value.Count;
        foreach ((string name, IReadOnlyList<double?> values) in terms)
        {
            if (values.Count != Size)
                throw new ArgumentException($"Term '{name}' has {values.Count} values, '{terms.First().Key}' has {Size}; one a trajectory was expected.", nameof(terms));
        }

        Terms = terms;
    }

    /// <summary>Values by term, one a trajectory.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double?>> Terms { get; }

    /// <summary>Trajectories.</summary>
    public int Size { get; }

    /// <summary>A group whose reward has one term.</summary>
    public static GroupRewards Of(params IReadOnlyList<double?> rewards) =>
        new(new Dictionary<string, IReadOnlyList<double?>> { [OnlyTerm] = rewards });

    /// <summary>Whether some term of a trajectory failed.</summary>
    internal bool HasFailed(int row) => Terms.Values.Any(values => values[row] is { } value && !double.IsFinite(value));

    /// <summary>Whether the reward of a trajectory is known: no term failed, and at least one applies.</summary>
    internal bool IsKnown(int row) => !HasFailed(row) && Terms.Values.Any(values => values[row] is not null);
}
