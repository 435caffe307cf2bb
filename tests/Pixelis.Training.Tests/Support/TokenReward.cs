using Pixelis.Generation;
using Pixelis.Rewards;
using Pixelis.Trajectories;

namespace Pixelis.Training.Tests.Support;

/// <summary>A number of an episode's sampled tokens, 0 to 1, or null: a reward that a test can see through.</summary>
internal sealed class TokenReward(Func<IReadOnlyList<int>, double?> score) : IRewardFunction
{
    public string Name => "tokens";

    public RewardRange Range => RewardRange.Unit;

    /// <summary>The share of tokens whose id is even.</summary>
    public static CompositeReward Even() => Of(sampled => sampled.Count(id => id % 2 == 0) / (double)sampled.Count);

    public static CompositeReward Of(Func<IReadOnlyList<int>, double?> score, RewardNormalization normalization = RewardNormalization.None) =>
        new([new RewardPart(new TokenReward(score), 1) { IsRequired = true }], normalization);

    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group) => [.. group.Episodes.Select(e => Score(Sampled(e.Trajectory)))];

    private static int[] Sampled(Trajectory trajectory) => [.. trajectory.TokenIds.Where((_, i) => trajectory.Provenance[i] == TokenProvenance.Sampled)];

    private RewardBreakdown Score(int[] sampled) => score(sampled) is { } value ? RewardBreakdown.Of(Name, value) : RewardBreakdown.NotMeasured(Name, "the test says so");
}
