namespace Pixelis.Rewards;

/// <summary>The least and the most a reward can be.</summary>
/// <param name="Least">Lower end, included; negative infinity when nothing bounds it.</param>
/// <param name="Most">Upper end, included; infinity when nothing bounds it.</param>
public readonly record struct RewardRange(double Least, double Most)
{
    /// <summary>0 to 1.</summary>
    public static RewardRange Unit { get; } = new(0, 1);

    /// <summary>How far apart two rewards can be.</summary>
    public double Width => Most - Least;

    /// <summary>Whether a reward is within, rounding of sums allowed for.</summary>
    public bool Contains(double reward) => reward >= Least - 1e-9 && reward <= Most + 1e-9;
}
