namespace Pixelis.Online.Updates;

/// <summary>
/// What keeps an update small: the divergence from the last good version, and the average that is served. The third tier, the limit of the gradient's
/// norm, is the optimizer's (<see cref="Training.OptimizationOptions.MaxGradientNorm"/>, default 1).
/// </summary>
public sealed record UpdateSafetyOptions
{
    /// <summary>
    /// Divergence in nats a token above which an update is undone. Default 0.10. It is measured after the update on the task's own episodes.
    /// </summary>
    public double KlLimit { get; init; } = 0.10;

    /// <summary>Divergence in nats a token that the pull to the reference is steered to. Default 0.05.</summary>
    public double KlTarget { get; init; } = 0.05;

    /// <summary>Strength of that pull at the beginning. Default 0.01.</summary>
    public double KlCoefficient { get; init; } = 0.01;

    /// <summary>What the strength is multiplied with, or divided by, when the mean is more than a fifth off the target. Default 1.2.</summary>
    public double KlFactor { get; init; } = 1.2;

    /// <summary>The least strength. Default 1e-4.</summary>
    public double LowestKlCoefficient { get; init; } = 1e-4;

    /// <summary>The greatest strength. Default 1.</summary>
    public double HighestKlCoefficient { get; init; } = 1;

    /// <summary>How many of the last observations the mean is over. Default 100.</summary>
    public int KlWindow { get; init; } = 100;

    /// <summary>Observations before anything is steered. Default 10.</summary>
    public int LeastKlObservations { get; init; } = 10;

    /// <summary>Decay of the moving average of the weights that is served, 0 to below 1, an update. Default 0.999: what an update changed is half served after 693 more.</summary>
    public double AverageDecay { get; init; } = 0.999;

    /// <summary>The same as the number of updates after which a change is half served, above 0; null (default) leaves it to <see cref="AverageDecay"/>.</summary>
    public double? AverageHalfLife { get; init; }

    /// <summary>The decay that holds.</summary>
    public double Decay => AverageHalfLife is { } half ? Math.Pow(2, -1 / half) : AverageDecay;

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(KlLimit > 0 && !double.IsNaN(KlLimit), nameof(KlLimit), KlLimit, "a number above 0");
        Require(KlTarget > 0 && double.IsFinite(KlTarget), nameof(KlTarget), KlTarget, "a number above 0");
        Require(KlFactor > 1 && double.IsFinite(KlFactor), nameof(KlFactor), KlFactor, "a number above 1");
        Require(LowestKlCoefficient > 0 && double.IsFinite(LowestKlCoefficient), nameof(LowestKlCoefficient), LowestKlCoefficient, "a number above 0");
        Require(HighestKlCoefficient >= LowestKlCoefficient && double.IsFinite(HighestKlCoefficient), nameof(HighestKlCoefficient), HighestKlCoefficient, "a number of at least LowestKlCoefficient");
        Require(KlCoefficient >= LowestKlCoefficient && KlCoefficient <= HighestKlCoefficient, nameof(KlCoefficient), KlCoefficient, "a number from LowestKlCoefficient to HighestKlCoefficient");
        Require(LeastKlObservations >= 1, nameof(LeastKlObservations), LeastKlObservations, "at least 1");
        Require(KlWindow >= LeastKlObservations, nameof(KlWindow), KlWindow, "at least LeastKlObservations");
        Require(AverageDecay >= 0 && AverageDecay < 1, nameof(AverageDecay), AverageDecay, "a number from 0 to below 1");
        Require(AverageHalfLife is null or (> 0 and < double.PositiveInfinity), nameof(AverageHalfLife), AverageHalfLife ?? 0, "a number above 0");
    }

    private static void Require(bool holds, string name, double value, string expected)
    {
        if (!holds)
            throw new PixelisException(FormattableString.Invariant($"Safety.{name} is {value}; {expected} was expected."));
    }
}
