namespace Pixelis.Training.Grpo;

/// <summary>
/// Collects groups that have something to say over several rounds of sampling (Yu et al., 2025; verl's <c>filter_groups</c>). Where verl
/// fails when the rounds are spent, this keeps what was found: a small batch is worth more than none.
/// </summary>
/// <typeparam name="T">A group, whatever the caller keeps with it.</typeparam>
/// <param name="wanted">Groups of a full batch, at least 1.</param>
/// <param name="maxRounds">Rounds after which no more are sampled, at least 1.</param>
public sealed class DynamicSampling<T>(int wanted, int maxRounds)
{
    private readonly List<T> _kept = [];
    private readonly int _wanted = wanted >= 1 ? wanted : throw new ArgumentOutOfRangeException(nameof(wanted), wanted, "At least one group was expected.");
    private readonly int _maxRounds = maxRounds >= 1 ? maxRounds : throw new ArgumentOutOfRangeException(nameof(maxRounds), maxRounds, "At least one round was expected.");

    /// <summary>The groups for the batch, in the order they came, at most as many as are wanted.</summary>
    public IReadOnlyList<T> Groups => [.. _kept.Take(_wanted)];

    /// <summary>Groups left out so far.</summary>
    public int Dropped { get; private set; }

    /// <summary>Rounds so far.</summary>
    public int Rounds { get; private set; }

    /// <summary>Whether the batch is full.</summary>
    public bool IsFull => _kept.Count >= _wanted;

    /// <summary>Whether another round is to be sampled.</summary>
    public bool NeedsMore => !IsFull && Rounds < _maxRounds;

    /// <summary>Groups still missing: how many to sample at least in the next round.</summary>
    public int Missing => Math.Max(0, _wanted - _kept.Count);

    /// <summary>Takes a round's groups.</summary>
    /// <param name="round">Groups with what their rewards say.</param>
    public void Add(IEnumerable<(T Group, GroupAdvantages Advantages)> round)
    {
        ArgumentNullException.ThrowIfNull(round);
        Rounds++;
        foreach ((T group, GroupAdvantages advantages) in round)
        {
            if (advantages.HasSignal)
                _kept.Add(group);
            else
                Dropped++;
        }
    }
}
