namespace Pixelis.Training.Grpo;

/// <summary>A coefficient that stays.</summary>
/// <param name="coefficient">β.</param>
public sealed class FixedKlController(double coefficient) : IKlController
{
    /// <inheritdoc />
    public double Coefficient { get; set; } = coefficient;

    /// <inheritdoc />
    public void Update(double kl, int sequences)
    {
    }
}
