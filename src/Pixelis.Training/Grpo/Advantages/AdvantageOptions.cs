namespace Pixelis.Training.Grpo;

/// <summary>How advantages are made of rewards.</summary>
public sealed record AdvantageOptions
{
    /// <summary>The rule. Default <see cref="AdvantageKind.Mean"/>.</summary>
    public AdvantageKind Kind { get; init; } = AdvantageKind.Mean;

    /// <summary>
    /// ε, added to standard deviations. Default 1e-4 as in TRL (verl: 1e-6). It is what keeps rewards that differ by rounding alone from
    /// becoming advantages of size 1.
    /// </summary>
    public double Epsilon { get; init; } = 1e-4;

    /// <summary>Weights of reward terms by name; a term without one counts with 1. Default none.</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionCheck.Positive(Epsilon, $"Advantages.{nameof(Epsilon)}");
        foreach ((string name, double weight) in Weights)
        {
            if (!double.IsFinite(weight))
                throw new PixelisException($"The weight of reward term '{name}' is {weight}; a number was expected. Set 0 to leave the term out.");
        }
    }

    internal double WeightOf(string term) => Weights.GetValueOrDefault(term, 1);
}
