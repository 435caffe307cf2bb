using System.Globalization;

namespace Pixelis.Training;

/// <summary>
/// A finite set, epoch after epoch, each in another order. An example of sampling weight w comes w / mean times an epoch: the whole part
/// always, the rest by a seeded draw, so that over epochs each is seen as often as its weight says.
/// </summary>
public sealed class ShuffledExamples : IExampleStream
{
    private readonly Func<int, SftExample> _load;
    private readonly double[] _copies;
    private readonly ulong _seed;
    private readonly Lock _lock = new();
    private readonly List<long> _ends = []; // stream positions after each epoch
    private readonly Dictionary<int, int[]> _orders = [];

    /// <summary>Makes the stream of examples that are in memory.</summary>
    /// <param name="examples">At least one. Not copied; must not change.</param>
    /// <param name="seed">Seed of the orders.</param>
    /// <param name="fingerprint">Names the set; its size and the seed are added. Default empty.</param>
    /// <exception cref="PixelisException">There are no examples, or a sampling weight is not a positive number.</exception>
    public ShuffledExamples(IReadOnlyList<SftExample> examples, ulong seed, string fingerprint = "")
        : this([.. Given(examples).Select(e => e.SamplingWeight)], i => examples[i], seed, fingerprint)
    {
    }

    /// <summary>Makes the stream of examples that are loaded when they are drawn.</summary>
    /// <param name="samplingWeights">One weight an example; at least one.</param>
    /// <param name="load">Loads an example by its number; thread-safe, and always gives the same.</param>
    /// <param name="seed">Seed of the orders.</param>
    /// <param name="fingerprint">Names the set; its size and the seed are added.</param>
    /// <exception cref="PixelisException">There are no examples, or a sampling weight is not a positive number.</exception>
    public ShuffledExamples(IReadOnlyList<double> samplingWeights, Func<int, SftExample> load, ulong seed, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(samplingWeights);
        ArgumentNullException.ThrowIfNull(load);
        if (samplingWeights.Count == 0)
            throw new PixelisException("The data set is empty; at least one example was expected.");
        for (int i = 0; i < samplingWeights.Count; i++)
        {
            if (!double.IsFinite(samplingWeights[i]) || samplingWeights[i] <= 0)
                throw new PixelisException(string.Create(CultureInfo.InvariantCulture, $"Example {i + 1} has a sampling weight of {samplingWeights[i]}; a positive number was expected."));
        }

        _load = load;
        _seed = seed;
        double mean = samplingWeights.Average();
        _copies = [.. samplingWeights.Select(w => w / mean)];
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{fingerprint} {samplingWeights.Count} examples, seed {seed}").Trim();
    }

    /// <inheritdoc />
    public string Fingerprint { get; }

    /// <inheritdoc />
    public SftExample Get(DataCursor cursor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cursor.Position);
        int index;
        lock (_lock)
        {
            int epoch = EpochOf(cursor.Position);
            long start = epoch == 0 ? 0 : _ends[epoch - 1];
            index = OrderOf(epoch)[cursor.Position - start];
        }

        return _load(index);
    }

    private static IReadOnlyList<SftExample> Given(IReadOnlyList<SftExample> examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return examples;
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
        var drawn = new List<int>(_copies.Length);
        for (int i = 0; i < _copies.Length; i++)
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
