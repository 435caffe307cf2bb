namespace Pixelis.Training.Grpo;

/// <summary>
/// Steers the divergence to a target (Ziegler et al., 2019; verl's AdaptiveKLController): the coefficient grows by the factor
/// <c>1 + clip(kl / target - 1, ±0.2) * sequences / horizon</c>.
/// </summary>
/// <param name="coefficient">The first β, above 0.</param>
/// <param name="target">Divergence to steer to, nats a token, above 0.</param>
/// <param name="horizon">Sequences over which it follows, above 0.</param>
public sealed class AdaptiveKlController(double coefficient, double target, double horizon) : IKlController
{
    private const double LargestError = 0.2;

    /// <inheritdoc />
    public double Coefficient { get; set; } = coefficient;

    /// <inheritdoc />
    /// <remarks>A step of more than 5 horizons cannot turn the coefficient negative: its factor is at least 0. (verl's can.)</remarks>
    public void Update(double kl, int sequences)
    {
        if (!double.IsFinite(kl))
            return;
        double error = Math.Clamp((kl / target) - 1, -LargestError, LargestError);
        Coefficient *= Math.Max(0, 1 + (error * sequences / horizon));
    }
}
