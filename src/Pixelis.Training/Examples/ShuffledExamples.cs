using System.Globalization;

namespace Pixelis.Training;

/// <summary>
/// A finite set, epoch after epoch, each in another order. An example of sampling weight w comes w / mean times an epoch: the whole part
/// always, the rest by a seeded draw, so that over epochs each is seen as often as its weight says.
/// </summary>
public sealed class ShuffledExamples : IExampleSource
{
    private readonly IReadOnlyList<SftExample> _examples;
    private readonly double[] _copies;
    private readonly ulong _seed;
    private readonly Lock _lock = new();
    private readonly List<long> _ends = []; // stream positions after each epoch
    private readonly Dictionary<int, int[]> _orders = [];

    /// <summary>Makes the stream.</summary>
    /// <param name="examples">At least one. Not copied; must not change.</param>
    /// <param name="seed">Seed of the orders.</param>
    /// <param name="fingerprint">Names the set; its size and the seed are added. Default empty.</param>
    /// <exception cref="PixelisException">There are no examples, or a sampling weight is not a positive number.</exception>
    public ShuffledExamples(IReadOnlyList<SftExample> examples, ulong seed, string fingerprint = "")
    {
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0)
            throw new PixelisException("The data set is empty; at least one example was expected.");
        foreach (SftExample example in examples)
        {
            if (!double.IsFinite(example.SamplingWeight) || example.SamplingWeight <= 0)
                throw new PixelisException($"Example '{example.Id}' has a sampling weight of {example.SamplingWeight}; a positive number was expected.");
        }

        _examples = examples;
        _seed = seed;
        double mean = examples.Average(e => e.SamplingWeight);
        _copies = [.. examples.Select(e => e.SamplingWeight / mean)];
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{fingerprint} {examples.Count} examples, seed {seed}").Trim();
    }

    /// <inheritdoc />
    public string Fingerprint { get; }

    /// <inheritdoc />
    public SftExample Get(DataCursor cursor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cursor.Position);
        lock (_lock)
        {
            int epoch = EpochOf(cursor.Position);
            long start = epoch == 0 ? 0 : _ends[epoch - 1];
            return _examples[OrderOf(epoch)[cursor.Position - start]];
        }
    }

    private int EpochOf(long position)
    {
        while (_ends.Count == 0 || _ends[^1] <= position)
            _ends.Add((_ends.Count == 0 ? 0 : _ends[^1]) + OrderOf(_ends.Count).Length);
        int found = _ends.BinarySearch(position);
        return found >= 0 ? found + 1 : ~found;
    }

    private int[] OrderOf(int epoch)
    {
        if (_orders.TryGetValue(epoch, out int[]? order))
            return order;
        var drawn = new List<int>(_examples.Count);
        for (int i = 0; i < _examples.Count; i++)
        {
            double rest = _copies[i] - Math.Floor(_copies[i]);
            int copies = (int)_copies[i] + (SeededNumbers.Unit(SeededNumbers.Hash(_seed, (ulong)epoch, (ulong)i)) < rest ? 1 : 0);
            for (int c = 0; c < copies; c++)
                drawn.Add(i);
        }

        if (drawn.Count == 0)
            drawn.Add(0);
        order = [.. drawn];
        SeededNumbers.Shuffle(order, SeededNumbers.Hash(_seed, (ulong)epoch, ulong.MaxValue));
        if (_orders.Count > 4)
            _orders.Clear(); // windows look at neighbouring epochs only; any other is made again
        return _orders[epoch] = order;
    }
}
