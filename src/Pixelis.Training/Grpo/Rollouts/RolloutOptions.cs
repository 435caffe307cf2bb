namespace Pixelis.Training.Grpo;

/// <summary>How episodes to learn from are collected.</summary>
public sealed record RolloutOptions
{
    /// <summary>Episodes of each prompt, at least 1. Default 8. With one, there is nothing to compare it with, and nothing is learnt.</summary>
    public int GroupSize { get; init; } = 8;

    /// <summary>Episodes under way at the same time, at least 1; one that ends is replaced at once. Default 64.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>
    /// Temperature of the draws, above 0. Default 1: the model's own distribution, nothing cut off, which is the one whose log-probabilities are
    /// recorded and learnt from, whatever the temperature.
    /// </summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Most tokens of a turn; null (default) as the agent allows, and never more than that.</summary>
    public int? MaxNewTokens { get; init; }

    /// <summary>Refuses options that cannot be followed.</summary>
    /// <exception cref="PixelisException">A number is outside its range.</exception>
    public void Validate()
    {
        OptionCheck.AtLeast(GroupSize, 1, $"Rollouts.{nameof(GroupSize)}");
        OptionCheck.AtLeast(Concurrency, 1, $"Rollouts.{nameof(Concurrency)}");
        if (MaxNewTokens is { } most)
            OptionCheck.AtLeast(most, 1, $"Rollouts.{nameof(MaxNewTokens)}");
        if (!(Temperature > 0 && double.IsFinite(Temperature)))
            throw new PixelisException(FormattableString.Invariant($"Rollouts.Temperature is {Temperature}: a number above 0 was expected, since at 0 all episodes of a group are the same. Use 1, or a number near it."));
    }
}
