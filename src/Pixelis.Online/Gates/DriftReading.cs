namespace Pixelis.Online;

/// <summary>
/// How far a recent window is from the reference: for each signal the squared distance of the means over what chance makes of it, 1 on
/// average when nothing changed (<see cref="DriftMonitor"/>). NaN while there are not enough observations.
/// </summary>
/// <param name="Embeddings">Of where requests are.</param>
/// <param name="Answers">Of what is answered, by frequency.</param>
/// <param name="Confidence">Of how sure answers are.</param>
/// <param name="Observed">How many observations the recent window holds.</param>
/// <param name="Window">How many it takes.</param>
internal readonly record struct DriftReading(double Embeddings, double Answers, double Confidence, int Observed, int Window)
{
    /// <summary>Whether there is enough to compare.</summary>
    public bool IsMeasured => !double.IsNaN(Embeddings);

    /// <summary>The largest of the three; NaN while there is nothing to compare.</summary>
    public double Largest => Math.Max(Embeddings, Math.Max(Answers, Confidence));
}
