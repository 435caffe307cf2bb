namespace Pixelis.Rewards;

/// <summary>A stage of a <see cref="RewardCurriculum"/>.</summary>
/// <param name="Name">What it is called in logs.</param>
/// <param name="Weights">Weights of the parts by name; those not named keep the reward's own.</param>
public sealed record RewardStage(string Name, IReadOnlyDictionary<string, double> Weights)
{
    /// <summary>Mean success that ends the stage, 0 to 1. Default 0.7. Not used in the last stage.</summary>
    public double PromoteAt { get; init; } = 0.7;

    /// <summary>How many of the newest measurements the mean is taken over, at least 1; before there are as many, the stage goes on. Default 100.</summary>
    public int Window { get; init; } = 100;

    /// <summary>Measurements after which the stage ends whatever they say; 0 (default) never.</summary>
    public int MaxMeasurements { get; init; }
}
