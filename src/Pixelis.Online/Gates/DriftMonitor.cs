using System.Security.Cryptography;
using System.Text;

namespace Pixelis.Online;

/// <summary>
/// Compares the newest requests with the first ones: where they are, what was answered, how sure it was. Each signal is a vector (an
/// answer is one of as many unit vectors as there are answers, confidence a vector of one), and its statistic is
/// |mean of recent - mean of reference|² / (σ²(1/n + 1/m)), with n and m the sizes of the windows and σ² the pooled variance summed over
/// dimensions: 1 on average when nothing changed. Thread-safe.
/// </summary>
/// <remarks>
/// For large windows the statistic is Σ λᵢzᵢ² with Σ λᵢ = 1 and z standard normal. Its far tail is heaviest when one λ is 1 (Székely and
/// Bakirov 2003), which is χ² of one degree; so one threshold does for any embedding. Requests are taken to be independent: many like ones in
/// a row raise it, and checks of overlapping windows are not independent tries.
/// </remarks>
internal sealed class DriftMonitor
{
    private readonly int _dimension;
    private readonly int _referenceSize;
    private readonly int _window;
    private readonly Queue<DriftObservation> _recent = new();
    private readonly Lock _lock = new();
    private DriftWindow _reference;

    /// <summary>Makes a monitor that has seen nothing.</summary>
    /// <param name="dimension">Length of the embeddings, at least 1.</param>
    /// <param name="reference">How many observations the reference is of, at least 2. Default 200.</param>
    /// <param name="window">How many of the newest are compared with it, at least 2. Default 50.</param>
    public DriftMonitor(int dimension, int reference = 200, int window = 50)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(reference, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        _dimension = dimension;
        _referenceSize = reference;
        _window = window;
        _reference = new DriftWindow(dimension);
    }

    /// <summary>Takes in a request that was answered: to the reference until that is full, then to the recent window.</summary>
    /// <param name="embedding">Where it is; finite, of the monitor's length.</param>
    /// <param name="consensus">What was answered.</param>
    /// <exception cref="PixelisException">An embedding of another length, or one that is not finite.</exception>
    public void Observe(ReadOnlyMemory<float> embedding, ConsensusResult consensus)
    {
        ArgumentNullException.ThrowIfNull(consensus);
        if (embedding.Length != _dimension)
            throw new PixelisException($"The embedding has {embedding.Length} numbers; drift is watched in {_dimension}.");
        foreach (float x in embedding.Span)
        {
            if (!float.IsFinite(x))
                throw new PixelisException($"The embedding holds {x}; finite numbers were expected.");
        }
        var observation = new DriftObservation(embedding.ToArray(), HashOf(consensus.Form), consensus.Confidence);
        lock (_lock)
        {
            if (_reference.Count < _referenceSize)
            {
                _reference.Add(observation);
                return;
            }
            _recent.Enqueue(observation);
            if (_recent.Count > _window)
                _recent.Dequeue();
        }
    }

    /// <summary>How far the newest are from the reference.</summary>
    public DriftReading Measure()
    {
        lock (_lock)
        {
            if (_recent.Count < _window)
                return new DriftReading(double.NaN, double.NaN, double.NaN, _recent.Count, _window);
            DriftWindow recent = WindowOf(_recent);
            (double embeddings, double answers, double confidence) = recent.Against(_reference);
            return new DriftReading(embeddings, answers, confidence, _recent.Count, _window);
        }
    }

    /// <summary>
    /// Begins anew: the recent window is the reference from now on, and what comes next fills it up. For when a person has seen the drift
    /// and holds it to be right.
    /// </summary>
    public void Rebase()
    {
        lock (_lock)
        {
            _reference = WindowOf(_recent.TakeLast(_referenceSize));
            _recent.Clear();
        }
    }

    /// <summary>The state, to be saved. It holds embeddings and hashes, no answers.</summary>
    public DriftState Save()
    {
        lock (_lock)
            return _reference.ToState(_recent);
    }

    /// <summary>Takes over a saved state; of the newest as many as the window takes.</summary>
    /// <exception cref="PixelisException">It is of another version, of embeddings of another length, or its numbers cannot be.</exception>
    public void Load(DriftState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Version != 1)
            throw new PixelisException($"The drift state has version {state.Version}; 1 was expected.");
        bool fits = state.EmbeddingSum.Count == _dimension && state.Recent.All(o => o.Embedding.Count == _dimension);
        if (!fits)
            throw new PixelisException($"The drift state is not of embeddings of {_dimension} numbers.");
        bool canBe = state.Observed >= 0 && state.Answers.Values.All(n => n > 0) && state.Answers.Values.Sum(n => (long)n) == state.Observed
            && state.EmbeddingSum.All(double.IsFinite) && double.IsFinite(state.EmbeddingSquares)
            && double.IsFinite(state.ConfidenceSum) && double.IsFinite(state.ConfidenceSquares)
            && state.Recent.All(o => o.Embedding.All(float.IsFinite) && o.Confidence is >= 0 and <= 1);
        if (!canBe)
            throw new PixelisException("The drift state holds numbers that no observations add up to.");
        lock (_lock)
        {
            _reference = DriftWindow.Of(state, _dimension);
            _recent.Clear();
            foreach (DriftObservation observation in state.Recent.TakeLast(_window))
                _recent.Enqueue(observation);
        }
    }

    private DriftWindow WindowOf(IEnumerable<DriftObservation> observations)
    {
        var window = new DriftWindow(_dimension);
        foreach (DriftObservation observation in observations)
            window.Add(observation);
        return window;
    }

    private static string HashOf(string? form) =>
        string.IsNullOrEmpty(form) ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form)).AsSpan(0, 8));
}
