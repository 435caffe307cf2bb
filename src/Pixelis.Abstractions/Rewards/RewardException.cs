namespace Pixelis.Rewards;

/// <summary>A reward that broke its contract, or a group that cannot be rewarded.</summary>
/// <param name="reward">Name of the reward.</param>
/// <param name="example">Id of the example.</param>
/// <param name="problem">What is wrong and what was expected.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class RewardException(string reward, string example, string problem, Exception? innerException = null)
    : PixelisException($"reward '{reward}', example '{example}': {problem}", innerException);
