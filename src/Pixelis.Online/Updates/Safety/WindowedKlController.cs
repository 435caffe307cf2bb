using Pixelis.Training.Grpo;

namespace Pixelis.Online.Updates;

/// <summary>
/// Steers the pull to the reference by the mean divergence of the last updates: more than a fifth above the target makes it stronger by a factor, more
/// than a fifth below weaker, within bounds. Updates that were undone are not observed. Used by one thread.
/// </summary>
/// <param name="options">Target, factor, window and bounds.</param>
internal sealed class WindowedKlController(UpdateSafetyOptions options) : IKlController
{
    private const double Tolerance = 0.2;

    private readonly Queue<double> _observed = new();

    /// <inheritdoc />
    public double Coefficient { get; set; } = options.KlCoefficient;

    /// <summary>Mean of the observations; 0 without any.</summary>
    public double Mean => _observed.Count == 0 ? 0 : _observed.Average();

    /// <inheritdoc />
    public void Update(double kl, int sequences)
    {
        if (!double.IsFinite(kl))
            return;
        _observed.Enqueue(kl);
        if (_observed.Count > options.KlWindow)
            _observed.Dequeue();
        if (_observed.Count < options.LeastKlObservations)
            return;
        double mean = Mean, factor = mean > options.KlTarget * (1 + Tolerance) ? options.KlFactor : mean < options.KlTarget * (1 - Tolerance) ? 1 / options.KlFactor : 1;
        Coefficient = Math.Clamp(Coefficient * factor, options.LowestKlCoefficient, options.HighestKlCoefficient);
    }

    /// <summary>Forgets the observations: they are of other weights. The strength stays.</summary>
    public void Forget() => _observed.Clear();
}
