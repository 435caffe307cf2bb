using Pixelis.Generation;

namespace Pixelis.Training.Grpo;

/// <summary>How episodes to learn from are collected.</summary>
public sealed record RolloutOptions
{
    /// <summary>Episodes of each prompt, at least 1. Default 8. With one, there is nothing to compare it with, and nothing is learnt.</summary>
    public int GroupSize { get; init; } = 8;

    /// <summary>Episodes under way at the same time, at least 1; one that ends is replaced at once. Default 64.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>
    /// How turns are drawn; their seeds are set by the collector, and a turn is no longer than the agent allows. Default: the model's own
    /// distribution (temperature 1, nothing cut off), which is the one whose log-probabilities are recorded.
    /// </summary>
    public GenerationOptions Generation { get; init; } = new() { Temperature = 1, TopP = 1, TopK = 0, MinP = 0, RepetitionPenalty = 1, PresencePenalty = 0 };

    /// <summary>Refuses options that cannot be followed.</summary>
    /// <exception cref="ArgumentException">A number is outside its range.</exception>
    public void Validate()
    {
        if (GroupSize < 1)
            throw new ArgumentException($"GroupSize is {GroupSize}; at least 1 was expected, and at least 2 to learn from.", nameof(GroupSize));
        if (Concurrency < 1)
            throw new ArgumentException($"Concurrency is {Concurrency}; at least 1 was expected.", nameof(Concurrency));
        Generation.Validate();
        if (Generation.Temperature <= 0)
            throw new ArgumentException("Temperature is 0: all episodes of a group would be the same. Use 1, or a number near it.", nameof(Generation));
    }
}
