namespace Pixelis.Online;

/// <summary>Sums of a window, from which means and spreads follow.</summary>
internal sealed class DriftWindow(int dimension)
{
    private readonly double[] _embedding = new double[dimension];
    private readonly Dictionary<string, int> _answers = new(StringComparer.Ordinal);
    private double _embeddingSquares;
    private double _confidence;
    private double _confidenceSquares;

    public int Count { get; private set; }

    public void Add(DriftObservation observation)
    {
        Count++;
        for (int i = 0; i < _embedding.Length; i++)
        {
            double x = observation.Embedding[i];
            _embedding[i] += x;
            _embeddingSquares += x * x;
        }
        _answers[observation.Answer] = _answers.GetValueOrDefault(observation.Answer) + 1;
        _confidence += observation.Confidence;
        _confidenceSquares += observation.Confidence * observation.Confidence;
    }

    /// <summary>The three statistics of this window against a reference.</summary>
    public (double Embeddings, double Answers, double Confidence) Against(DriftWindow reference)
    {
        double moved = _embedding.Zip(reference._embedding, (a, b) => Square((a / Count) - (b / reference.Count))).Sum();
        double changed = _answers.Keys.Union(reference._answers.Keys).Order(StringComparer.Ordinal)
            .Sum(a => Square((_answers.GetValueOrDefault(a) / (double)Count) - (reference._answers.GetValueOrDefault(a) / (double)reference.Count)));
        double surer = Square((_confidence / Count) - (reference._confidence / reference.Count));
        return (
            Ratio(moved, reference, w => w.EmbeddingSpread),
            Ratio(changed, reference, w => w.AnswerSpread),
            Ratio(surer, reference, w => w.ConfidenceSpread));
    }

    public DriftState ToState(IEnumerable<DriftObservation> recent) => new()
    {
        Observed = Count,
        EmbeddingSum = [.. _embedding],
        EmbeddingSquares = _embeddingSquares,
        Answers = new Dictionary<string, int>(_answers),
        ConfidenceSum = _confidence,
        ConfidenceSquares = _confidenceSquares,
        Recent = [.. recent],
    };

    public static DriftWindow Of(DriftState state, int dimension)
    {
        var window = new DriftWindow(dimension)
        {
            Count = state.Observed,
            _embeddingSquares = state.EmbeddingSquares,
            _confidence = state.ConfidenceSum,
            _confidenceSquares = state.ConfidenceSquares,
        };
        for (int i = 0; i < dimension; i++)
            window._embedding[i] = state.EmbeddingSum[i];
        foreach ((string answer, int count) in state.Answers)
            window._answers[answer] = count;
        return window;
    }

    // Sums of squared distances from the window's own mean.
    private double EmbeddingSpread => _embeddingSquares - (_embedding.Sum(Square) / Count);

    private double AnswerSpread => Count - (_answers.Values.Sum(n => Square(n)) / Count);

    private double ConfidenceSpread => _confidenceSquares - (Square(_confidence) / Count);

    // Squared distance over its expectation, σ²(1/n + 1/m), with σ² pooled over both windows. What never varied has next to no spread, so
    // any change of it is infinitely unlikely, and none is none.
    private double Ratio(double distance, DriftWindow reference, Func<DriftWindow, double> spread)
    {
        double variance = Math.Max(0, spread(this) + spread(reference)) / (Count + reference.Count - 2);
        double expected = Math.Max(variance, 1e-9) * ((1.0 / Count) + (1.0 / reference.Count));
        return distance / expected;
    }

    private static double Square(double x) => x * x;
}
