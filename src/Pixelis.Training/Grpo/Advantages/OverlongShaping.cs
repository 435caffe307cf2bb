namespace Pixelis.Training.Grpo;

/// <summary>
/// The soft punishment of long completions (Yu et al., 2025; verl's DAPO reward manager): nothing up to <c>MaxLength - Buffer</c> tokens, then evenly
/// down to minus <c>Factor</c> at <c>MaxLength</c>. Beyond, it stays there as in the paper; verl's formula would go on.
/// </summary>
/// <param name="MaxLength">Longest completion allowed, in sampled tokens.</param>
/// <param name="Buffer">Tokens below it over which the punishment grows, 1 to <paramref name="MaxLength"/>.</param>
/// <param name="Factor">Largest punishment, at least 0. Default 1.</param>
public sealed record OverlongShaping(int MaxLength, int Buffer, double Factor = 1)
{
    /// <summary>What to add to the reward of a completion: 0 or less.</summary>
    /// <param name="length">Its sampled tokens; tool results do not count.</param>
    public double Penalty(int length)
    {
        double over = (length - (MaxLength - Buffer)) / (double)Buffer;
        return -Math.Clamp(over, 0, 1) * Factor;
    }

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionCheck.AtLeast(MaxLength, 1, $"Overlong.{nameof(MaxLength)}");
        OptionCheck.Within(Buffer, 1, MaxLength, $"Overlong.{nameof(Buffer)}");
        OptionCheck.AtLeast(Factor, 0, $"Overlong.{nameof(Factor)}");
    }
}
