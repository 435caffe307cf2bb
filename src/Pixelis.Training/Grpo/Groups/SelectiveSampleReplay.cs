namespace Pixelis.Training.Grpo;

/// <summary>
/// Selective sample replay (Pixel-Reasoner; VL-Rethinker, Wang et al., 2025): samples of groups that had something to say enter a buffer, first in,
/// first out; when a batch lacks such samples it is filled up from there, with probability proportional to |A| + 1e-4, with replacement. What is drawn is a
/// function of the seed and of what went in. Used by one thread.
/// </summary>
/// <remarks>
/// A replayed sample was drawn by an older policy. Its recorded log-probabilities are the denominator of its ratios: give the loss
/// <see cref="PolicySequence.BehaviorLogProbs"/> and no <see cref="PolicySequence.OldLogProbs"/> of the weights of now, which would call it fresh.
/// </remarks>
/// <typeparam name="T">What is replayed.</typeparam>
public sealed class SelectiveSampleReplay<T>
{
    /// <summary>Added to |A|, so that no sample is out of reach.</summary>
    public const double Floor = 1e-4;

    private readonly Queue<ReplayEntry<T>> _entries = new();
    private readonly ulong _seed;
    private long _draws;

    /// <summary>Makes an empty buffer.</summary>
    /// <param name="capacity">Samples held, at least 1; Pixel-Reasoner holds as many as a rollout batch has.</param>
    /// <param name="seed">Seed of the draws.</param>
    public SelectiveSampleReplay(int capacity, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _seed = seed;
    }

    /// <summary>Most samples held.</summary>
    public int Capacity { get; }

    /// <summary>Samples held.</summary>
    public int Count => _entries.Count;

    /// <summary>Everything to go on exactly; setting it replaces what is held.</summary>
    /// <exception cref="ArgumentException">More entries than the capacity, or an advantage that is not a finite number.</exception>
    public ReplayState<T> State
    {
        get => new([.. _entries], _draws);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Entries.Count > Capacity)
                throw new ArgumentException($"The state holds {value.Entries.Count} samples, the buffer at most {Capacity}; make it as large as the one that was written.", nameof(value));
            if (value.Entries.Any(entry => !double.IsFinite(entry.Advantage)))
                throw new ArgumentException("The state holds a sample whose advantage is not a finite number.", nameof(value));
            _entries.Clear();
            foreach (ReplayEntry<T> entry in value.Entries)
                _entries.Enqueue(entry);
            _draws = value.Draws;
        }
    }

    /// <summary>Takes a sample of a group with something to say; the oldest makes room.</summary>
    /// <returns>False for an advantage that is not a finite number: then nothing changes.</returns>
    public bool Add(T item, double advantage)
    {
        if (!double.IsFinite(advantage))
            return false;
        if (_entries.Count == Capacity)
            _entries.Dequeue();
        _entries.Enqueue(new ReplayEntry<T>(item, advantage));
        return true;
    }

    /// <summary>Draws samples, with replacement.</summary>
    /// <param name="count">How many.</param>
    /// <returns>As many, or none when the buffer is empty.</returns>
    public IReadOnlyList<T> Draw(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (_entries.Count == 0)
            return [];
        ReplayEntry<T>[] entries = [.. _entries];
        var ends = new double[entries.Length];
        double sum = 0;
        for (int i = 0; i < ends.Length; i++)
            ends[i] = sum += Math.Abs(entries[i].Advantage) + Floor;
        return [.. Enumerable.Range(0, count).Select(_ => entries[Find(ends, SeededNumbers.Unit(SeededNumbers.Hash(_seed, (ulong)_draws++)) * sum)].Item)];
    }

    /// <summary>Keeps fresh samples and fills a batch up: the fresh ones first, then drawn ones (Pixel-Reasoner draws from the fresh ones too).</summary>
    /// <param name="fresh">Samples of this batch's groups that had something to say.</param>
    /// <param name="wanted">Samples of a full batch; more fresh ones than that wait in the buffer.</param>
    /// <returns>At most <paramref name="wanted"/> samples; fewer only when nothing is held.</returns>
    public IReadOnlyList<T> Fill(IReadOnlyList<ReplayEntry<T>> fresh, int wanted)
    {
        ArgumentNullException.ThrowIfNull(fresh);
        ArgumentOutOfRangeException.ThrowIfNegative(wanted);
        T[] kept = [.. fresh.Where(entry => Add(entry.Item, entry.Advantage)).Select(entry => entry.Item)];
        T[] taken = [.. kept.Take(wanted)];
        return [.. taken, .. Draw(wanted - taken.Length)];
    }

    // Rounding may put a draw at the very end: the last sample takes it.
    private static int Find(double[] ends, double place)
    {
        int found = Array.BinarySearch(ends, place);
        return Math.Min(found >= 0 ? found + 1 : ~found, ends.Length - 1);
    }
}
